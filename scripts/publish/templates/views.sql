CREATE VIEW shares_under_18 AS -- Shares of people under 18, each quantity once: nature says whether they were observed or claimed
SELECT value_id, what, nature, printed, value, at_least, at_most, sampling_lower, sampling_upper,
    year_start, year_end, period_text, place, country, population, study_id, study, source_id, source, url
FROM "values"
WHERE value_id = quantity_id AND show <> 'withdrawn' AND ages = 'under 18'
    AND indicator_id IN ('share-in-age-band', 'claimed-share')
ORDER BY country, year_start, value_id;

CREATE VIEW contradictions AS -- Readings that cannot both be true: each pair once, with what each says
SELECT c.conflict_id, c.dimension, c.root_id AS one_id, one.source AS one_source, c.root_has AS one_has,
    c.value_id AS other_id, other.source AS other_source, c.printing_has AS other_has, c.decided_by
FROM conflicts c JOIN "values" one ON one.value_id = c.root_id JOIN "values" other ON other.value_id = c.value_id
WHERE c.type = 'contradiction'
ORDER BY c.conflict_id;

CREATE VIEW printings_of_a_quantity AS -- Who prints a quantity, and how: the first printing is the one whose value_id is the quantity_id
SELECT quantity_id, value_id, what, printed, value, source_id, source, publisher, date_published, evidence, url, locator
FROM "values"
ORDER BY quantity_id, value_id <> quantity_id, date_published, value_id;

CREATE VIEW limits_of_a_study AS -- What was said of a study that limits it, on all of it or on one of its figures
SELECT s.study_id, s.name AS study, l.limitation_id, l.name, l.text, l.value_id, l.raised_by, l.effect_on_level, l.effect_on_change
FROM (SELECT study_id, limitation_id FROM limitations UNION SELECT study_id, limitation_id FROM limitation_studies) b
JOIN studies s ON s.study_id = b.study_id JOIN limitations l ON l.limitation_id = b.limitation_id
ORDER BY s.study_id, l.limitation_id;
