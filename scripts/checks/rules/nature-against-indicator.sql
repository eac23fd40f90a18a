-- title: How a number came about fits its indicator and its study
-- level: error
-- why: A claim entered as an observation carries a weight that it does not have.
-- mend: Correct nature, the indicator, or the design of the study.
-- message: The nature is {value}, but {state}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH053", "set": {"nature": "observed"}}
-- mended: {"nature": "claimed"}
-- says: ["reported_values", "KH053", "nature"]
WITH judged AS (
    SELECT line, nature, CASE
        WHEN indicator_id = 'claimed-share' AND nature <> 'claimed' THEN 'the indicator is a claimed share'
        WHEN unit IN ('cases', 'reports') AND kind = 'count' AND nature IN ('observed', 'modelled') THEN 'it counts ' || unit
        WHEN series IS NOT NULL AND nature NOT IN ('recorded', 'claimed') THEN 'its series counts records'
        WHEN base_kind = 'records' AND nature IN ('observed') THEN 'its base is records'
        WHEN regexp_matches(scope_as_printed, '\bestimate\b') AND nature IN ('observed', 'recorded') THEN 'the scope says estimate'
        WHEN indicator_id IN ('people-observed', 'venues-visited', 'people-interviewed') AND nature IN ('modelled', 'claimed') THEN 'its indicator is a count of what was seen'
        WHEN design IN ('experiment', 'household_survey', 'capture_recapture', 'respondent_driven', 'link_tracing') AND nature = 'recorded' THEN 'the design of its study is ' || design
        END AS state
    FROM all_readings
)
SELECT 'data/reported_values.csv' AS file, line, 'nature' AS field, nature AS value, state
FROM judged
WHERE state IS NOT NULL
-- breaks: [{"table": "reported_values", "row": "RESP-015", "set": {"nature": "observed"}}]
-- says: ["reported_values", "RESP-015", "nature"]
-- breaks: [{"table": "reported_values", "row": "KH108", "set": {"nature": "recorded"}}]
-- says: ["reported_values", "KH108", "nature"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"nature": "estimated"}}]
