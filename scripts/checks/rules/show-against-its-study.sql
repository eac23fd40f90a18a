-- title: A figure is shown as the others of its study and indicator are
-- level: error
-- why: A recalled share or an edition of an index that is shown freely looks like a trend.
-- mend: Correct show.
-- message: The figure is shown {value}, but {state}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH283-a", "set": {"show": "retrospective_only"}}
-- mended: {"show": "free"}
-- says: ["reported_values", "KH283-a", "show"]
WITH usual AS (SELECT study_id, indicator_id, mode("show") AS most, count(*) AS times, count(DISTINCT "show") AS ways FROM reported_values WHERE study_id IS NOT NULL AND "show" <> 'withdrawn' GROUP BY ALL),
judged AS (
    SELECT v.line, v."show" AS value, CASE
        WHEN v."show" = 'no_trend' AND design <> 'modelled' THEN 'its study is no edition of an estimate'
        WHEN v."show" = 'free' AND design = 'modelled' AND regexp_matches(v.indicator_id, 'modern-slavery|countries-counted') THEN 'its study is an edition of an estimate'
        WHEN v."show" = 'retrospective_only' AND NOT regexp_matches(lower(concat_ws('; ', scope_as_printed, v.indicator_id, i.definition)), 'before|recall|as children|childhood|never told|told|first|entry|past year|tourists|exchange|sexual abuse') THEN 'nothing in its words looks back'
        WHEN v."show" = 'free' AND regexp_matches(v.indicator_id, 'recalled|before-18') THEN 'its indicator looks back'
        END AS state
    FROM all_readings v JOIN indicators i USING (indicator_id)
)
SELECT 'data/reported_values.csv' AS file, line, 'show' AS field, value, state
FROM judged
WHERE state IS NOT NULL
-- breaks: [{"table": "reported_values", "row": "KH251-a", "set": {"show": "no_trend"}}]
-- says: ["reported_values", "KH251-a", "show"]
-- passes: [{"table": "reported_values", "row": "KH263", "set": {"show": "with_both_denominators"}}]
