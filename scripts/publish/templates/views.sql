CREATE VIEW shares_under_18 AS -- Shares of people under 18, every number and scope that was published: evidence_type tells what was found or recorded from claims
SELECT value_id, quantity_id, what, evidence_type, mention, printed, value_or_bound, value_kind, at_most, share_by_counts, numerator, denominator,
    denominators, recomputed_share, recomputed_ci_low, recomputed_ci_high, recomputed_ci_level, year_label, place, in_country, country_code,
    population, scope_as_printed, setting, study_id, to_show, stands_with, in_tension_with, not_comparable_with, publisher, source_id, url, page
FROM "values"
WHERE kind = 'share' AND ages_counted = 'under 18' AND is_distinct AND to_show <> 'withdrawn'
ORDER BY country_code, from_year, quantity_id, value_id;

CREATE VIEW disagreements AS -- Readings that cannot both be true, or that nobody could reconcile: each pair once, with what each says
SELECT c.conflict_id, c.type, c.dimension, c.value_id, one.publisher, c.value_has,
    c.other_id, other.publisher AS other_publisher, c.other_has, c.decided_by
FROM conflicts c JOIN "values" one ON one.value_id = c.value_id JOIN "values" other ON other.value_id = c.other_id
WHERE c.type IN ('contradiction', 'in_tension', 'not_explained')
ORDER BY c.conflict_id;

CREATE VIEW mentions_of_a_quantity AS -- Who gives a quantity, and how: first the main mention, whose value_id is the quantity_id, then the others by date; the main mention need not be the earliest
SELECT quantity_id, value_id, what, printed, value_or_bound, value_kind, publisher, date_published, evidence, source_id, url, locator, page
FROM "values"
ORDER BY quantity_id, value_id <> quantity_id, date_published, value_id;

CREATE VIEW limits_of_a_study AS -- What was said of a study that limits it, on all of it or on one of its figures
SELECT s.study_id, s.name AS study, l.limitation_id, l.name, l.text, f.value_id, l.raised_by, l.effect_on_level, l.effect_on_change
FROM scopes b JOIN studies s ON s.study_id = b.study_id JOIN limitations l ON l.limitation_id = b.limitation_id
LEFT JOIN scopes f ON f.limitation_id = l.limitation_id AND f.value_id IS NOT NULL
ORDER BY s.study_id, l.limitation_id;
