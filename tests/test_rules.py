"""Every rule finds the fault that its example makes, in the pinned words, and nothing in sound data."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scripts.__main__ import main
from scripts.checks import rules, schema
from scripts.checks.rules import RULES, RuleCrash, SqlRule, offences
from scripts.checks.subject import Subject
from scripts.findings import Finding
from tests.conftest import COLUMNS, KEYS, ROOT, change_rows, copy_package, keys_of, read_csv

Change = dict[str, Any]  # as in the header of a rule: table, row, and what to set or to copy
Pin = tuple[str, str, str]  # table:key:field, value, message
A_CASE = re.compile(r"^([a-z0-9-]+) (\w+:.+?:\w+)=(.*)\n  (.*)((?:\n  \+?\w+:.+:\w+=.*)*)$", re.MULTILINE)
BY_ID = {rule.id: rule for rule in RULES}
VALUES = "reported_values"

# Rule, table:key:field=value, and the message to the letter. The change is the example of the rule.
PINNED = """
age-turned-round reported_values:KH201:age_min=18
  The youngest age 18 lies above the oldest age 17.
assumption-has-its-fact assumptions:deff-2:fact_id=KH999
  No reading carries KH999.
assumption-within-its-range assumptions:icc-0.01:value=1.01
  icc is 1.01, and may be from 0 to 1.
bases-alike links:KH043|comparable|KH018:from_id=KH043
  KH043 is about all_children, KH018 about venue_people.
blank-needs-a-reason reported_values:KH010:population_id=
  The cell is blank, and population_id_reason is blank too; it takes: not_applicable, not_read, not_reported.
broken-letters organisations:mlop-tapang:name=Mâ€™lop Tapang
  The cell holds letters broken by a wrong encoding.
change-has-a-direction indicators:fall-of-share:direction=
  fall-of-share is of the kind change, and its direction is blank.
change-has-its-ends reported_values:KH024:base_reason=
  KH024 has no earlier end and no later end, and base_reason is blank.
claim-has-printings claims:a-claim-of-nobody:claim_id=a-claim-of-nobody
  No value is listed for a-claim-of-nobody.
compared-quantities-alike links:KH043|comparable|KH009:from_id=KH043
  KH043 and KH009 differ in indicator.
contact-or-coordinate places:phnom-penh:name=Phnom Penh, 012 345 678
  The cell holds a telephone number.
control-characters places:phnom-penh:name=Phnom\u200bPenh
  The cell holds an invisible character.
correction-names-its-cell corrections:C999:row_key=phnom-penhh
  There is no such row in places.
count-not-whole reported_values:KH007:high=38.5
  A count of 38.5 cannot be.
count-not-whole reported_values:KH007:low=38.5
  A count of 38.5 cannot be.
date-does-not-exist sources:phnom-penh-post-2015:date_published=2015-02-30
  2015-02-30 is not a day of the calendar.
dates-out-of-order sources:khmer-times-2015:date_published=2015-02
  2015-02 comes before the fieldwork of ijm-khm-2015 in 2015-03.
evidence-fits-speaker reported_values:KH010:evidence=primary
  khmer-times-2015 speaks as primary, but is independent, and the study is by ijm.
fact-id-used-once reported_values:KH001:also_fact_ids=KH002
  KH002 is also a row of its own.
featured-names-one featured:share-under-18-later:role=share-under-18-later
  The role share-under-18-later fills 2 of the three columns; one is expected.
featured-of-its-kind featured:share-under-18-later:value_id=KH007
  The role share-under-18-later is for a share, and KH007 is a count.
featured-reading-stands featured:fall-of-the-count-as-printed:value_id=KH023
  KH023 is withdrawn. It stands in the role fall-of-the-count-as-printed, for which these ask: docs/results.md.
formula-cell places:phnom-penh:name==HYPERLINK(1)
  A spreadsheet would run this cell.
held-back reported_values:KH129:value_id=KH129
  KH129 is carried for boys only.
ids-differ-in-more-than-case places:phnom-penh.:place_id=phnom-penh.
  phnom-penh. and phnom-penh differ in nothing but capitals, dots or hyphens at the end.
illustration-outside-the-frame limitation_values:L03|KH010:value_id=KH010
  KH010 belongs to the topic venue_studies.
kept-apart links:KH043|comparable|KH018:from_id=KH043
  KH043 is to be shown no_trend, but is linked as comparable to KH018.
link-between-roots links:KH007|numerator_of|KH011:to_id=KH011
  KH011 is a printing of KH010.
links-keep-to-a-topic links:KH007|later_end_of|KH023:from_id=KH007
  KH007 belongs to response, KH023 to venue_studies.
links-keep-to-a-topic links:KH007|numerator_of|KH010:from_id=KH007
  KH007 belongs to response, KH010 to venue_studies.
links-keep-to-a-topic links:KH009|part_of|KH007:from_id=KH009
  KH009 belongs to venue_studies, KH007 to response.
low-above-high reported_values:KH046:low=30.5
  The lower end 30.5 lies above the upper end 30.
markup places:phnom-penh:name=<img src=x onerror=alert(1)>
  The cell holds markup.
no-ring places:cambodia:parent_id=phnom-penh
  cambodia leads back to itself by way of phnom-penh.
no-ring places:phnom-penh:parent_id=cambodia
  phnom-penh leads back to itself by way of cambodia.
none-found-has-base reported_values:KH021:base_reason=
  None was found, but no number of people seen is linked and base_reason is blank.
not-available-yet-entered reported_values:KH931:value_id=KH931
  KH931 is entered, but N02 says that it was not found.
numerator-above-denominator reported_values:KH007:low=3800
  The numerator 3800 (KH007) is larger than the denominator 2104 (KH005).
outside-frame-not-multiplied links:KH009|numerator_of|KH018:from_id=KH009
  KH009 counts a group outside the frame and is linked as numerator_of to KH018.
outside-frame-not-multiplied links:KH034|numerator_of|KH038:from_id=KH034
  KH034 counts a group outside the frame and is linked as numerator_of to KH038.
outside-frame-not-multiplied links:KH035|numerator_of|KH043:from_id=KH035
  KH035 counts a group outside the frame and is linked as numerator_of to KH043.
part-above-whole reported_values:KH018:low=3.1
  The part 3.1 is larger than the whole 2.2 (KH010).
partition-of-parts links:KH201|part_of|KH010:partition=age
  The partition age of KH010 has one part alone.
period-has-its-basis reported_values:KH010:period_basis=not_stated
  The period is “2015-03”, but period_basis is not_stated.
printed-interval-holds-value reported_values:KH010:low=2.2
  The value 2.2 lies outside the printed interval 3 to 4.
printed-interval-is-whole reported_values:KH263:interval_low=
  The printed interval has the upper end 5.75 and no lower end; both are expected.
printing-points-at-root reported_values:KH012:printing_of=KH011
  KH011 is itself a printing of KH010.
printing-shares-indicator reported_values:KH011:indicator_id=fall-of-share
  The printing has fall-of-share, its root KH010 has share-in-age-band.
qualifier-fits-bounds reported_values:KH010:qualifier=less_than
  With the qualifier less_than the ends 2.2 to 2.2 do not fit.
reading-against-token reported_values:KH010:high=2.3
  The reading 2.3 does not stand in the token “2.2”, which holds 2.2.
reading-against-token reported_values:KH010:low=2.3
  The reading 2.3 does not stand in the token “2.2”, which holds 2.2.
recalled-by-respondents reported_values:KH010:population_id=venue-workers
  KH010 may be shown only as recalled, but its population is venue-workers.
rows-sorted-by-key helplines:H2:helpline_id=H2
  H2 stands after H9.
same-reading-twice reported_values:KH910:printed=2.2
  The same token at the same place of the same source is also KH010.
scripts-mixed places:phnom-penh:name=Phnom P\u0435nh
  The word “P\u0435nh” mixes Latin with Greek, Cyrillic or full-width letters; one script is expected.
series-fits-value reported_values:KH087:series=tip-convictions-year
  KH087 has cases-recorded, its series tip-convictions-year has convictions.
share-above-100 reported_values:KH010:high=220
  A share of 220 percent cannot be.
share-has-population reported_values:KH010:population_id=
  The share KH010 does not say what it is a share of.
shown-in-company reported_values:KH009:show=with_both_denominators
  show is with_both_denominators, but no other printing of KH009 has another number.
small-cell-is-marked reported_values:KH021:disclosure=
  3 people in sihanoukville are few enough to be recognised.
small-share-says-percent reported_values:KH010:low=0.022
  The reading 0.022 is taken as percent, but the token “0.022” does not say percent.
source-not-used sources:unused-source:source_id=unused-source
  Nothing cites unused-source.
spaces-at-the-ends places:phnom-penh:name=Phnom Penh\u0020
  The cell begins or ends with a space, or holds two in a row.
statement-bears-on-something statements:S99:statement_id=S99
  S99 bears on no value.
template-syntax places:phnom-penh:name={{ 7 * 7 }}
  The cell holds template syntax.
term-pattern-reads terms:minor:pattern=\\bminors?(
  The pattern \\bminors?( cannot be read as a regular expression.
term-to-avoid limitations:L01:text=Child prostitutes on the street were not counted.
  The text holds “Child prostitutes”. Write: child in commercial sexual exploitation.
tier-has-its-source tip_tiers:cambodia|2015:tier=tier_1
  cambodia 2015: no source states tier_1.
topic-of-its-root reported_values:KH011:topic=response
  The printing has response, its root KH010 has venue_studies.
unicode-not-composed places:phnom-penh:name=Phnom Pe\u0301nh
  The cell holds letters that are not composed.
unknown-never-equals-unknown links:KH043|comparable|KH018:basis=our_reading
  KH043 and KH018 have unknown weighting, and the comparison is ours.
vocabulary-not-used indicators:never-used:indicator_id=never-used
  Nothing uses never-used.
watch-list-from-2004 tip_tiers:cambodia|2002:tier=tier_2_watch_list
  The Watch List did not exist in 2002.
withdrawn-has-its-correction reported_values:KH012:value_id=KH012
  KH012 is shown as withdrawn, but corrections has no withdrawal of it.
withdrawn-root-is-alone reported_values:KH010:value_id=KH010
  KH010 is withdrawn, but KH011 is a printing of it.
words-for-missing sources:acton-2015:creator=n/a
  The word stands for a missing value.
words-without-digits reported_values:KH010:printed=2.2
  The token “2.2” does not fit written_in = words.
"""  # noqa: E501 (a message stands on one line)

# The other half of a rule: the second branch of a UNION, the other end, the other direction.
# A line for each cell that is changed; one that begins with + copies the row under another key.
MORE = """
bases-alike links:KH038|earlier_end_of|KH022:from_id=KH038
  KH038 is about all_children, KH010 about venue_people.
  reported_values:KH038:population_id=all-children
compared-quantities-alike links:KH043|comparable|KH018:from_id=KH043
  KH043 and KH018 differ in sex.
  reported_values:KH043:sex=male
  reported_values:KH018:sex=female
unknown-never-equals-unknown links:KH038|earlier_end_of|KH022:basis=our_reading
  KH038 and KH022 have unknown weighting, and the comparison is ours.
  links:KH038|earlier_end_of|KH022:basis=our_reading
printed-interval-holds-value reported_values:KH016:low=2
  The value 2 lies outside the printed interval 0.5 to 1.
  reported_values:KH016:interval_low=0.5
  reported_values:KH016:interval_high=1
broken-letters places:phnom-penh:name=Ã– Phnom Penh
  The cell holds letters broken by a wrong encoding.
  places:phnom-penh:name=Ã– Phnom Penh
markup places:phnom-penh:name=&frac12; Phnom Penh
  The cell holds markup.
  places:phnom-penh:name=&frac12; Phnom Penh
bases-alike links:KH091|same_by_other_method|KH099:from_id=KH091
  KH091 is about all_children, KH099 about outside_frame.
  reported_values:KH091:population_id=all-children
blank-needs-a-reason reported_values:KH010:population_id=venue-workers
  The cell is filled, and population_id_reason says not_read.
  reported_values:KH010:population_id_reason=not_read
change-has-a-direction indicators:people-observed:direction=fall
  people-observed is of the kind count, and its direction is fall.
  indicators:people-observed:direction=fall
change-has-its-ends reported_values:KH022:base_reason=
  KH022 has no later end, and base_reason is blank.
  links:KH010|later_end_of:relation=not_comparable
change-has-its-ends reported_values:KH022:base_reason=
  KH022 has no earlier end, and base_reason is blank.
  links:KH038|earlier_end_of:relation=not_comparable
compared-quantities-alike links:KH038|earlier_end_of|KH022:from_id=KH038
  KH038 and KH010 differ in weighting.
  reported_values:KH038:weighted=yes
compared-quantities-alike links:KH043|comparable|KH018:from_id=KH043
  KH043 and KH018 differ in weighting.
  reported_values:KH043:weighted=yes
compared-quantities-alike links:KH043|comparable|KH018:from_id=KH043
  KH043 and KH018 differ in place.
  reported_values:KH043:place_id=cambodia
compared-quantities-alike links:KH043|comparable|KH018:from_id=KH043
  KH043 and KH018 differ in age band.
  reported_values:KH043:age_max=13
compared-quantities-alike links:KH043|comparable|KH018:from_id=KH043
  KH043 and KH018 differ in age band.
  reported_values:KH043:age_min=
  reported_values:KH043:age_min_reason=not_read
compared-quantities-alike links:KH043|comparable|KH018:from_id=KH043
  KH043 and KH018 differ in age band.
  reported_values:KH043:age_max=
  reported_values:KH043:age_max_reason=not_read
count-not-whole reported_values:KH035:high=20.5
  A count of 20.5 cannot be.
  reported_values:KH035:high=20.5
date-does-not-exist sources:acton-2015:date_seen=2015-13
  2015-13 is not a day of the calendar.
  sources:acton-2015:date_seen=2015-13
  sources:acton-2015:date_seen_reason=
date-does-not-exist studies:ijm-khm-2015:fieldwork=2015-13
  2015-13 is not a day of the calendar.
  studies:ijm-khm-2015:fieldwork=2015-03/2015-13
date-does-not-exist statements:S02:date=2999-01
  2999-01 is in the future.
  statements:S02:date=2999-01
date-does-not-exist helplines:H1:date_checked=2023-02-29
  2023-02-29 is not a day of the calendar.
  helplines:H1:date_checked=2023-02-29
  helplines:H1:date_checked_reason=
date-does-not-exist events:RESP-044:date=2015-00
  2015-00 is not a day of the calendar.
  events:RESP-044:date=2015-00
date-does-not-exist series_breaks:ahtjpd-cases-year|B030:at=2008-04-31
  2008-04-31 is not a day of the calendar.
  series_breaks:ahtjpd-cases-year|B030:at=2008-04-31
date-does-not-exist reported_values:KH010:period=2999
  2999 is in the future.
  reported_values:KH010:period=2015-03/2999
dates-out-of-order reported_values:KH022:period=2015/2012
  2015/2012 comes before its own start.
  reported_values:KH022:period=2015/2012
dates-out-of-order reported_values:KH022:period=2015-03/2014
  2015-03/2014 comes before its own start.
  reported_values:KH022:period=2015-03/2014
dates-out-of-order studies:vac-khm-2013:fieldwork=2013-03/2013-02
  2013-03/2013-02 comes before its own start.
  studies:vac-khm-2013:fieldwork=2013-03/2013-02
evidence-fits-speaker reported_values:CTDC-03-a:evidence=primary
  plos-one-ctdc speaks as primary, but no body speaks in it.
  sources:plos-one-ctdc:kind=newspaper
evidence-fits-speaker reported_values:KH010:evidence=primary
  ijm-article speaks as primary, but no body speaks in it.
  reported_values:KH010:evidence=primary
  reported_values:KH010:source_id=ijm-article
  sources:ijm-article:organisation_id=
evidence-fits-speaker reported_values:KH010:evidence=primary
  tip-report-2015 speaks as primary, but is foreign_government, and the study is by ijm.
  reported_values:KH010:evidence=primary
  reported_values:KH010:source_id=tip-report-2015
evidence-fits-speaker reported_values:KH133:evidence=primary
  masseur-study-page speaks as primary, but no body speaks in it.
  sources:masseur-study-page:creator=
  sources:masseur-study-page:creator_reason=not_reported
fact-id-used-once reported_values:KH001:also_fact_ids=KH002
  KH002 is also a row of its own.
  reported_values:KH001:also_fact_ids=KH003;KH002
featured-names-one featured:share-under-18-later:role=share-under-18-later
  The role share-under-18-later fills 0 of the three columns; one is expected.
  featured:share-under-18-later:value_id=
featured-names-one featured:disputed-zero:role=disputed-zero
  The role disputed-zero fills 3 of the three columns; one is expected.
  featured:disputed-zero:value_id=KH010
  featured:disputed-zero:study_id=ijm-khm-2015
featured-of-its-kind featured:people-seen-later:value_id=KH005
  The role people-seen-later is for a study, and KH005 is a count.
  featured:people-seen-later:kind=study
featured-of-its-kind featured:venue-study-later:study_id=ijm-khm-2015
  The role venue-study-later is for a limitation, and ijm-khm-2015 is a study.
  featured:venue-study-later:kind=limitation
featured-of-its-kind featured:disputed-zero:limitation_id=L06
  The role disputed-zero is for a change, and L06 is a limitation.
  featured:disputed-zero:kind=change
featured-reading-stands featured:share-under-18-later:value_id=KH012
  KH012 is withdrawn. It stands in the role share-under-18-later, for which these ask: docs/data.md, docs/glossary.md, docs/index.md, docs/km.md, docs/recomputed.md, docs/results.md, docs/what-if.md, docs/what-would-settle.md, scripts/site/charts/recomputed.py, scripts/site/charts/shares.py, scripts/site/charts/unseen.py, scripts/site/next_wave.py, scripts/site/what_ifs.py.
  featured:share-under-18-later:value_id=KH012
  reported_values:KH012:show=withdrawn
held-back reported_values:KH129-b:value_id=KH129-b
  KH129-b is carried for boys only.
  +reported_values:KH129:value_id=KH129-b
  reported_values:KH129-b:sex=not_stated
illustration-outside-the-frame limitation_values:L03|KH257:value_id=KH257
  KH257 is a printing of KH091.
  limitation_values:L03|KH099:value_id=KH257
kept-apart links:KH043|comparable|KH018:to_id=KH018
  KH018 is to be shown conflict_only, but is linked as comparable to KH043.
  reported_values:KH018:show=conflict_only
kept-apart links:KH091|same_by_other_method|KH099:from_id=KH091
  KH091 is to be shown retrospective_only, but is linked as same_by_other_method to KH099.
  reported_values:KH091:show=retrospective_only
kept-apart links:KH010|later_end_of|KH022:from_id=KH010
  KH010 is to be shown retrospective_only, but is linked as later_end_of to KH022.
  reported_values:KH010:show=retrospective_only
kept-apart links:KH038|earlier_end_of|KH022:to_id=KH022
  KH022 is to be shown no_trend, but is linked as earlier_end_of to KH038.
  reported_values:KH022:show=no_trend
link-between-roots links:KH011|numerator_of|KH010:from_id=KH011
  KH011 is a printing of KH010.
  links:KH007|numerator_of|KH010:from_id=KH011
link-between-roots links:KH018|comparable|KH018:from_id=KH018
  KH018 is linked with itself.
  links:KH043|comparable:from_id=KH018
link-between-roots links:KH018|comparable|KH018:to_id=KH018
  KH018 is linked with itself.
  links:KH043|comparable:from_id=KH018
links-keep-to-a-topic links:KH009|part_of|KH114:from_id=KH009
  KH009 belongs to venue_studies, KH114 to not_counted.
  links:KH009|part_of|KH007:to_id=KH114
low-above-high reported_values:KH010:interval_low=3
  The lower end 3 lies above the upper end 2.
  reported_values:KH010:interval_low=3
  reported_values:KH010:interval_high=2
outside-frame-not-multiplied links:KH091|denominator_of|KH010:from_id=KH091
  KH091 counts a group outside the frame and is linked as denominator_of to KH010.
  links:KH091|numerator_of:relation=denominator_of
  links:KH091|denominator_of:to_id=KH010
partition-of-parts links:KH018|comparable|KH010:partition=age
  The partition age of KH010 holds another relation than part_of.
  links:KH018|part_of|KH010:relation=comparable
period-has-its-basis reported_values:KH010:period_basis=as_printed
  The period is “”, but period_basis is as_printed.
  reported_values:KH010:period=
  reported_values:KH010:period_reason=not_read
printed-interval-holds-value reported_values:KH030:high=30
  The value 30 lies outside the printed interval 10 to 20.
  reported_values:KH030:interval_low=10
  reported_values:KH030:interval_high=20
printing-shares-indicator reported_values:KH011:study_id=ijm-khm-2012
  The printing has ijm-khm-2012, its root KH010 has ijm-khm-2015.
  reported_values:KH011:study_id=ijm-khm-2012
printing-shares-indicator reported_values:RESP-110-a:study_id=ijm-khm-2015
  The printing has ijm-khm-2015, its root KH030 has no study.
  reported_values:RESP-110-a:study_id=ijm-khm-2015
  reported_values:RESP-110-a:study_id_reason=
qualifier-fits-bounds reported_values:KH010:qualifier=about
  With the qualifier about the ends (open) to 2.2 do not fit.
  reported_values:KH010:qualifier=about
  reported_values:KH010:low=
qualifier-fits-bounds reported_values:KH010:qualifier=about
  With the qualifier about the ends 2 to 2.2 do not fit.
  reported_values:KH010:qualifier=about
  reported_values:KH010:low=2
qualifier-fits-bounds reported_values:KH010:qualifier=at_least
  With the qualifier at_least the ends 2.2 to 2.2 do not fit.
  reported_values:KH010:qualifier=at_least
qualifier-fits-bounds reported_values:KH010:qualifier=at_most
  With the qualifier at_most the ends 2.2 to 2.2 do not fit.
  reported_values:KH010:qualifier=at_most
qualifier-fits-bounds reported_values:KH010:qualifier=at_most
  With the qualifier at_most the ends (open) to (open) do not fit.
  reported_values:KH010:qualifier=at_most
  reported_values:KH010:low=
  reported_values:KH010:high=
qualifier-fits-bounds reported_values:KH010:qualifier=exact
  With the qualifier exact the ends 2.2 to (open) do not fit.
  reported_values:KH010:high=
qualifier-fits-bounds reported_values:KH010:qualifier=exact
  With the qualifier exact the ends 2 to 3 do not fit.
  reported_values:KH010:low=2
  reported_values:KH010:high=3
qualifier-fits-bounds reported_values:KH010:qualifier=more_than
  With the qualifier more_than the ends (open) to 2.2 do not fit.
  reported_values:KH010:qualifier=more_than
  reported_values:KH010:low=
qualifier-fits-bounds reported_values:KH010:qualifier=spread
  With the qualifier spread the ends 2.2 to (open) do not fit.
  reported_values:KH010:qualifier=spread
  reported_values:KH010:high=
qualifier-fits-bounds reported_values:KH021:qualifier=none_found
  With the qualifier none_found the ends 0 to 2 do not fit.
  reported_values:KH021:high=2
qualifier-fits-bounds reported_values:KH021:qualifier=none_found
  With the qualifier none_found the ends 0 to (open) do not fit.
  reported_values:KH021:high=
qualifier-fits-bounds reported_values:KH021:qualifier=none_found
  With the qualifier none_found the ends (open) to 0 do not fit.
  reported_values:KH021:low=
qualifier-fits-bounds reported_values:KH030:qualifier=range_of_estimates
  With the qualifier range_of_estimates the ends (open) to 30 do not fit.
  reported_values:KH030:low=
qualifier-fits-bounds reported_values:KH046:qualifier=range
  With the qualifier range the ends (open) to 30 do not fit.
  reported_values:KH046:low=
reading-against-token reported_values:IJM-DOM-12:high=5.8
  The reading 5.8 does not stand in the token “5,8 %”, which holds 58.
  reported_values:IJM-DOM-12:printed=5,8 %
reading-against-token reported_values:ILO-2017-01:low=40300001
  The reading 40300001 does not stand in the token “40.3 million”, which holds 40.3.
  reported_values:ILO-2017-01:low=40300001
reading-against-token reported_values:ILO-2017-01:low=40300000
  The reading 40300000 does not stand in the token “40.3 thousand”, which holds 40.3.
  reported_values:ILO-2017-01:printed=40.3 thousand
reading-against-token reported_values:ILO-2017-01:low=40300000
  The reading 40300000 does not stand in the token “40.3 billion”, which holds 40.3.
  reported_values:ILO-2017-01:printed=40.3 billion
reading-against-token reported_values:ILO-2017-01:low=40.3
  The reading 40.3 does not stand in the token “40.3”, which holds 40.3.
  reported_values:ILO-2017-01:printed=40.3
  reported_values:ILO-2017-01:low=40.3
reading-against-token reported_values:KH201:low=2.12
  The reading 2.12 does not stand in the token “2.12 Prozent”, which holds 212.
  reported_values:KH201:printed=2.12 Prozent
reading-against-token reported_values:KH252-a:low=4.5
  The reading 4.5 does not stand in the token “1 in 22”, which holds 1 and 22.
  reported_values:KH252-a:low=4.5
reading-against-token reported_values:KH252-a:low=22
  The reading 22 does not stand in the token “1 in 22”, which holds 1 and 22.
  reported_values:KH252-a:low=22
recalled-by-respondents reported_values:KH253-a:population_id=
  KH253-a may be shown only as recalled, but its population is not stated.
  reported_values:KH253-a:population_id=
  reported_values:KH253-a:population_id_reason=not_read
same-reading-twice reported_values:CTDC-99:printed=approximately 47,000
  The same token at the same place of the same source is also CTDC-02-a.
  +reported_values:CTDC-02-a:value_id=CTDC-99
series-fits-value reported_values:KH088:series=tip-convictions-year
  KH088 has not_counted, its series tip-convictions-year has response.
  reported_values:KH088:topic=not_counted
share-above-100 reported_values:KH010:low=101
  A share of 101 percent cannot be.
  reported_values:KH010:low=101
  reported_values:KH010:high=
shown-in-company reported_values:KH009:show=conflict_only
  show is conflict_only, but no other printing of KH009 has another number.
  reported_values:KH009:show=conflict_only
small-cell-is-marked reported_values:KH290-c:disclosure=
  10 people in hai-phong are few enough to be recognised.
  reported_values:KH290-c:disclosure=
small-cell-is-marked reported_values:KH297-a:disclosure=
  1 people in place-unnamed are few enough to be recognised.
  reported_values:KH297-a:disclosure=
  reported_values:KH297-a:low=1
  reported_values:KH297-a:high=1
assumption-within-its-range assumptions:city-n-0050:value=50.5
  city_sample_size is 50.5, and may be a whole number from 1 to 1,000,000,000.
  assumptions:city-n-0050:value=50.5
assumption-within-its-range assumptions:city-n-0050:value=0
  city_sample_size is 0, and may be a whole number from 1 to 1,000,000,000.
  assumptions:city-n-0050:value=0
assumption-within-its-range assumptions:city-n-0050:value=1000000001
  city_sample_size is 1000000001, and may be a whole number from 1 to 1,000,000,000.
  assumptions:city-n-0050:value=1000000001
assumption-within-its-range assumptions:deff-2:value=0.09
  design_effect is 0.09, and may be from 0.1 to 1,000.
  assumptions:deff-2:value=0.09
assumption-within-its-range assumptions:deff-2:value=1001
  design_effect is 1001, and may be from 0.1 to 1,000.
  assumptions:deff-2:value=1001
assumption-within-its-range assumptions:affected-0.5:value=1.1
  hidden_affected is 1.1, and may be from 0 to 1.
  assumptions:affected-0.5:value=1.1
assumption-within-its-range assumptions:missed-0.1:value=0.991
  false_negative_rate is 0.991, and may be from 0 to 0.99.
  assumptions:missed-0.1:value=0.991
assumption-within-its-range assumptions:mistaken-0.01:value=1
  false_positive_rate is 1, and may be from 0 to 0.99.
  assumptions:mistaken-0.01:value=1
assumption-within-its-range assumptions:hidden-0.5:value=0
  hidden_share is 0, and may be above 0 and below 1.
  assumptions:hidden-0.5:value=0
assumption-within-its-range assumptions:hidden-0.5:value=1
  hidden_share is 1, and may be above 0 and below 1.
  assumptions:hidden-0.5:value=1
assumption-within-its-range assumptions:half-width-0.01:value=0
  half_width is 0, and may be above 0 and below 1.
  assumptions:half-width-0.01:value=0
assumption-within-its-range assumptions:half-width-0.01:value=1
  half_width is 1, and may be above 0 and below 1.
  assumptions:half-width-0.01:value=1
assumption-within-its-range assumptions:fall-0.5:value=0
  relative_fall is 0, and may be above 0 and below 1.
  assumptions:fall-0.5:value=0
assumption-within-its-range assumptions:fall-0.5:value=1
  relative_fall is 1, and may be above 0 and below 1.
  assumptions:fall-0.5:value=1
assumption-within-its-range assumptions:power-0.8:value=0.49
  power is 0.49, and may be from 0.5 to 0.999.
  assumptions:power-0.8:value=0.49
assumption-within-its-range assumptions:power-0.8:value=0.9991
  power is 0.9991, and may be from 0.5 to 0.999.
  assumptions:power-0.8:value=0.9991
ids-differ-in-more-than-case reported_values:Kh010:value_id=Kh010
  Kh010 and KH010 differ in nothing but capitals, dots or hyphens at the end.
  +reported_values:KH010:value_id=Kh010
ids-differ-in-more-than-case tip_tier_sources:cambodia|2015|tip-report-2015|p. 7:place_id=cambodia
  cambodia 2015 tip-report-2015 p. 7 and cambodia 2015 tip-report-2015 P. 7 differ in nothing but capitals, dots or hyphens at the end.
  tip_tier_sources:cambodia|2015|tip-report-2015:locator=P. 7
  +tip_tier_sources:cambodia|2015|tip-report-2015:locator=p. 7
no-ring links:KH010|part_of|KH018:to_id=KH018
  KH010 leads back to itself by way of KH018.
  links:KH010|later_end_of:relation=part_of
  links:KH010|part_of:to_id=KH018
no-ring links:KH010|part_of|KH010:to_id=KH010
  KH010 leads back to itself by way of KH010.
  links:KH201|part_of:from_id=KH010
no-ring sources:tip-report-2015:based_on=phnom-penh-post-2015-2
  tip-report-2015 leads back to itself by way of phnom-penh-post-2015-2.
  sources:tip-report-2015:based_on=phnom-penh-post-2015-2
no-ring events:RESP-043:same_event_as=RESP-132
  RESP-043 leads back to itself by way of RESP-132.
  events:RESP-043:same_event_as=RESP-132
no-ring places:world:parent_id=siem-reap
  world leads back to itself by way of siem-reap.
  places:world:parent_id=siem-reap
  places:siem-reap:parent_id=phnom-penh
  places:cambodia:parent_id=world
printed-interval-is-whole reported_values:KH263:interval_high=
  The printed interval has the lower end 1.75 and no upper end; both are expected.
  reported_values:KH263:interval_high=
printed-interval-is-whole reported_values:KH263:interval_high=101
  The printed interval of a share ends at 101; 0 to 100 is expected.
  reported_values:KH263:interval_high=101
printed-interval-is-whole reported_values:KH263:interval_low=-0.5
  The printed interval of a share begins at -0.5; 0 to 100 is expected.
  reported_values:KH263:interval_low=-0.5
printed-interval-is-whole reported_values:KH010:interval_level=95
  The printed interval has the level 95 and no ends; a reason is expected in place of the level.
  reported_values:KH010:interval_level=95
  reported_values:KH010:interval_level_reason=
small-cell-is-marked reported_values:KH021:disclosure=
  3 people in sihanoukville are few enough to be recognised.
  reported_values:KH021:low=3
  reported_values:KH021:high=
  reported_values:KH021:qualifier=at_least
small-cell-is-marked reported_values:KH021:disclosure=
  2 families in sihanoukville are few enough to be recognised.
  reported_values:KH021:low=2
  reported_values:KH021:high=2
  reported_values:KH021:indicator_id=families-counted
term-pattern-reads terms:minor:pattern=\\Qminor
  The pattern \\Qminor cannot be read as a regular expression.
  terms:minor:pattern=\\Qminor
term-pattern-reads terms:minor:pattern=a)|(b
  The pattern a)|(b cannot be read as a regular expression.
  terms:minor:pattern=a)|(b
term-pattern-reads terms:minor:pattern=\\p{Lu}minor
  The pattern \\p{Lu}minor cannot be read by Python.
  terms:minor:pattern=\\p{Lu}minor
term-pattern-reads terms:minor:pattern=min(?i)or
  The pattern min(?i)or cannot be read by Python.
  terms:minor:pattern=min(?i)or
term-pattern-reads terms:minor:pattern=minor|
  The pattern minor| finds itself in every text.
  terms:minor:pattern=minor|
term-to-avoid limitations:L01:text=Sex tourism was not counted.
  The text holds “Sex tourism”. Write: sexual exploitation of children in travel and tourism.
  limitations:L01:text=Sex tourism was not counted.
  terms:minor:pattern=\\bminors?(
term-to-avoid limitations:L01:text=Sex tourism was not counted.
  The text holds “Sex tourism”. Write: sexual exploitation of children in travel and tourism.
  limitations:L01:text=Sex tourism was not counted.
  terms:minor:pattern=\\Qminor
term-to-avoid limitations:L01:text=Sex tourism was not counted.
  The text holds “Sex tourism”. Write: sexual exploitation of children in travel and tourism.
  limitations:L01:text=Sex tourism was not counted.
  terms:minor:pattern=(?P<one>minor)
  terms:eliminated:pattern=(?P<one>gone)
term-to-avoid limitations:L01:text=A child\u2011prostitute was not counted.
  The text holds “child prostitute”. Write: child in commercial sexual exploitation.
  limitations:L01:text=A child\u2011prostitute was not counted.
tier-has-its-source tip_tier_sources:cambodia|2055|tip-report-2015|p. 7:report_year=2055
  cambodia 2055: a source states a tier, but data/tip_tiers.csv has none.
  tip_tier_sources:cambodia|2015|tip-report-2015:locator=p. 7
  tip_tier_sources:cambodia|2015|tip-report-2015:report_year=2055
tier-has-its-source tip_tier_sources:cambodia|2015|tip-report-2015|p. 7:report_year=2015
  cambodia 2015: a source states a tier, but data/tip_tiers.csv has none.
  tip_tier_sources:cambodia|2015|tip-report-2015:locator=p. 7
  tip_tiers:cambodia|2015:tier=
  tip_tiers:cambodia|2015:tier_reason=not_found
tier-has-its-source tip_tiers:cambodia|2015:tier=tier_3
  cambodia 2015: no source states tier_3.
  tip_tiers:cambodia|2015:tier=tier_3
unknown-never-equals-unknown links:KH043|comparable|KH018:basis=our_reading
  KH043 and KH018 have unknown weighting, and the comparison is ours.
  links:KH043|comparable|KH018:basis=our_reading
  reported_values:KH043:weighted=yes
unknown-never-equals-unknown links:KH043|comparable|KH018:basis=our_reading
  KH043 and KH018 have unknown weighting, and the comparison is ours.
  links:KH043|comparable|KH018:basis=our_reading
  reported_values:KH018:weighted=yes
unknown-never-equals-unknown links:KH043|same_by_other_method|KH018:basis=our_reading
  KH043 and KH018 have unknown weighting, and the comparison is ours.
  links:KH043|comparable:relation=same_by_other_method
  links:KH043|same_by_other_method:basis=our_reading
vocabulary-not-used organisations:never-used:organisation_id=never-used
  Nothing uses never-used.
  +organisations:aple:organisation_id=never-used
vocabulary-not-used places:never-used:place_id=never-used
  Nothing uses never-used.
  +places:phnom-penh:place_id=never-used
vocabulary-not-used populations:never-used:population_id=never-used
  Nothing uses never-used.
  +populations:venue-workers:population_id=never-used
vocabulary-not-used series:never-used:series_id=never-used
  Nothing uses never-used.
  +series:ncct-cases-year:series_id=never-used
watch-list-from-2004 tip_tier_sources:laos|2002|cambodia-daily-tip-2002|p:tier_as_stated=tier_2_watch_list
  The Watch List did not exist in 2002.
  tip_tier_sources:laos|2002|cambodia-daily-tip-2002:locator=p
  tip_tier_sources:laos|2002|cambodia-daily-tip-2002:tier_as_stated=tier_2_watch_list
words-without-digits reported_values:KH009:printed=two
  The token “two” does not fit written_in = digits.
  reported_values:KH009:written_in=digits
words-without-digits reported_values:KH009:printed=two
  The token “two” does not fit written_in = fraction.
  reported_values:KH009:written_in=fraction
"""  # noqa: E501 (a message stands on one line)

# Changes that look like a fault and are none. A line that begins with + copies the row under another key.
NEAR_MISSES = """
age-turned-round
  reported_values:KH201:age_min=17
assumption-has-its-fact
  assumptions:deff-2:fact_id=KH262
assumption-within-its-range
  assumptions:city-n-0050:value=1
  assumptions:city-n-0100:value=1000000000
  assumptions:deff-1:value=0.1
  assumptions:deff-2:value=1000
  assumptions:icc-0.01:value=0
  assumptions:icc-0.02:value=1
  assumptions:affected-0.5:value=0
  assumptions:missed-0.1:value=0.99
  assumptions:mistaken-0.01:value=0.99
  assumptions:hidden-0.5:value=0.999
  assumptions:half-width-0.01:value=0.001
  assumptions:fall-0.5:value=0.999
  assumptions:power-0.8:value=0.5
assumption-within-its-range
  assumptions:power-0.8:value=0.999
bases-alike
  reported_values:KH043:population_id=venue-available
bases-alike
  reported_values:KH043:population_id=all-children
  links:KH043|comparable:relation=not_comparable
blank-needs-a-reason
  reported_values:KH010:population_id=
  reported_values:KH010:population_id_reason=not_read
change-has-a-direction
  indicators:fall-of-share:direction=rise
change-has-its-ends
  reported_values:KH277:locator=para 9
claim-has-printings
  +claims:35-percent:claim_id=36-percent
  +claim_values:35-percent:claim_id=36-percent
compared-quantities-alike
  reported_values:KH024:weighted=yes
compared-quantities-alike
  reported_values:KH043:place_id=cambodia
  links:KH043|comparable:relation=not_comparable
contact-or-coordinate
  helplines:H1:contact_as_printed=012 345 678, help@example.org
  sources:acton-2015:url=https://example.org/@11.5564,104.9282
count-not-whole
  reported_values:KH010:low=38.5
  reported_values:KH010:high=38.5
count-not-whole
  reported_values:KH007:low=38.0
  reported_values:KH007:high=38.0
date-does-not-exist
  sources:acton-2015:date_published=2012-02-29
  reported_values:KH010:period=2015/2016-01
dates-out-of-order
  sources:khmer-times-2015:date_published=2015-03
dates-out-of-order
  sources:khmer-times-2015:date_published=2015
dates-out-of-order
  sources:phnom-penh-post-2015:date_published=2015-03-01
dates-out-of-order
  reported_values:KH022:period=2015/2015
  reported_values:KH023:period=2015/2015-01
  reported_values:KH024:period=2015-03/2015
dates-out-of-order
  sources:khmer-times-2015:date_published=2015-02
  studies:ijm-khm-2015:fieldwork=
  studies:ijm-khm-2015:fieldwork_reason=not_read
dates-out-of-order
  reported_values:KH014:nature=claimed
  sources:prnewswire-2015:date_published=2014
evidence-fits-speaker
  reported_values:KH010:evidence=primary
  reported_values:KH010:source_id=ijm-article
evidence-fits-speaker
  sources:bbs-2019:kind=evaluation
  sources:masseur-study-page:creator=Another Author
fact-id-used-once
  reported_values:KH001:also_fact_ids=KH004;KH0010
featured-names-one
  featured:share-under-18-later:value_id=
  featured:share-under-18-later:study_id=ijm-khm-2015
featured-of-its-kind
  featured:share-under-18-later:value_id=KH018
  featured:venue-study-later:study_id=ijm-khm-2012
featured-reading-stands
  reported_values:KH024:show=withdrawn
featured-reading-stands
  reported_values:KH023:show=conflict_only
held-back
  reported_values:KH248-a:sex=male
  reported_values:KH248-b:sex=female
illustration-outside-the-frame
  limitation_values:L03|KH099:value_id=KH114
ids-differ-in-more-than-case
  +places:phnom-penh:place_id=phnompenh
  +places:phnom-penh:place_id=phnom.penh
  +organisations:aple:organisation_id=phnom-penh
kept-apart
  reported_values:KH010:show=conflict_only
kept-apart
  reported_values:KH018:show=with_both_denominators
kept-apart
  reported_values:KH018:show=no_trend
  links:KH043|comparable:relation=not_comparable
link-between-roots
  links:KH007|numerator_of|KH010:to_id=KH201
links-keep-to-a-topic
  links:KH009|part_of|KH007:to_id=KH114
  links:KH009|part_of|KH114:relation=not_comparable
low-above-high
  reported_values:KH046:low=30
low-above-high
  reported_values:KH010:interval_low=3
  reported_values:KH010:interval_high=3
no-ring
  sources:tip-report-2015:based_on=us-state-2017
  links:KH018|part_of:to_id=KH201
no-ring
  places:world:parent_id=phnom-penh
no-ring
  links:KH010|later_end_of:to_id=KH018
none-found-has-base
  reported_values:KH021:base_reason=
  links:KH005|denominator_of|KH018:to_id=KH021
not-available-yet-entered
  +reported_values:KH031:value_id=KH931
  reported_values:KH931:indicator_id=people-interviewed
  +reported_values:KH005:value_id=KH905
numerator-above-denominator
  reported_values:KH007:low=2104
  reported_values:KH007:high=2104
numerator-above-denominator
  reported_values:KH005:high=
  reported_values:KH007:low=3800
outside-frame-not-multiplied
  populations:street-children:definition=Others.
  links:KH091|numerator_of|KH094:to_id=KH114
outside-frame-not-multiplied
  links:KH091|numerator_of|KH094:to_id=KH043
  links:KH091|numerator_of|KH043:relation=not_comparable
part-above-whole
  reported_values:KH018:low=2.2
  reported_values:KH018:high=2.2
partition-of-parts
  links:KH018|part_of|KH010:partition=years
  links:KH201|part_of|KH010:partition=years
partition-of-parts
  links:KH018|part_of|KH010:partition=
  links:KH201|part_of|KH010:partition=
period-has-its-basis
  reported_values:KH010:period=
  reported_values:KH010:period_reason=not_read
  reported_values:KH010:period_basis=not_stated
printed-interval-holds-value
  reported_values:KH010:interval_low=2.2
  reported_values:KH010:interval_high=2.2
printed-interval-is-whole
  reported_values:KH263:interval_low=0
  reported_values:KH263:interval_high=100
  reported_values:KH264:interval_level=
  reported_values:KH264:interval_level_reason=not_reported
  reported_values:KH030:interval_low=10
  reported_values:KH030:interval_high=20
  reported_values:KH007:interval_low=120
  reported_values:KH007:interval_high=2000
printing-points-at-root
  reported_values:KH012:printing_of=KH018
printing-shares-indicator
  reported_values:KH011:place_id=cambodia
qualifier-fits-bounds
  reported_values:KH010:low=
  reported_values:KH010:qualifier=at_most
  reported_values:KH018:low=
  reported_values:KH018:qualifier=less_than
  reported_values:KH005:high=
  reported_values:KH005:qualifier=at_least
  reported_values:KH007:high=
  reported_values:KH007:qualifier=more_than
  reported_values:KH038:qualifier=about
  reported_values:KH046:qualifier=spread
reading-against-token
  reported_values:KH010:low=2104
  reported_values:KH010:high=38
  reported_values:KH010:printed=38 of 2,104
  reported_values:KH018:printed=a tenth
  reported_values:KH018:written_in=words
  reported_values:KH035:printed=fewer than 20
  reported_values:KH091:printed=48\u00a0775
  reported_values:KH201:printed=nur 2,12 Prozent
  reported_values:KH202:printed=1.234,5 Prozent
  reported_values:KH202:low=1234.5
  reported_values:KH202:high=1234.5
reading-against-token
  reported_values:ILO-2017-01:printed=40.30 MILLION
  reported_values:ILO-2017-02:printed=4,800 thousand
  reported_values:ILO-2022-01:printed=0.0496 billion
  reported_values:KH106:printed=1 in 350
  reported_values:KH252-a:printed=3 in 8
  reported_values:KH252-a:low=37.5
  reported_values:KH252-a:high=37.5
recalled-by-respondents
  reported_values:KH010:show=retrospective_only
  reported_values:KH010:population_id=vac-respondents
rows-sorted-by-key
  +reported_values:KH010:value_id=KH010-a
  +reported_values:KH298:value_id=Zu-01
same-reading-twice
  +reported_values:KH010:value_id=KH910
  reported_values:KH910:locator=p
  +reported_values:KH010:value_id=KH911
  reported_values:KH911:source_id=acton-2015
  +reported_values:KH010:value_id=KH912
  reported_values:KH912:printed=2.2%
  +reported_values:KH010:value_id=KH913
  reported_values:KH913:indicator_id=claimed-share
  +reported_values:KH010:value_id=KH914
  reported_values:KH914:study_id=
  reported_values:KH914:study_id_reason=no_study_named
  +reported_values:KH010:value_id=KH915
  reported_values:KH915:age_min=3
  +reported_values:KH010:value_id=KH916
  reported_values:KH916:age_max=
  reported_values:KH916:age_max_reason=all_ages
  +reported_values:KH010:value_id=KH917
  reported_values:KH917:place_id=cambodia
  +reported_values:KH010:value_id=KH918
  reported_values:KH918:period=2015
  +reported_values:KH010:value_id=KH919
  reported_values:KH919:sex=male
series-fits-value
  reported_values:KH088:series=tip-convictions-april-march
share-above-100
  reported_values:KH010:low=100
  reported_values:KH010:high=100
  reported_values:KH022:low=300
  reported_values:KH022:high=300
share-has-population
  reported_values:KH017:scope_as_printed=underage girls
shown-in-company
  reported_values:KH010:show=conflict_only
shown-in-company
  reported_values:KH009:show=with_both_denominators
  +reported_values:KH009:value_id=KH909
  reported_values:KH909:printing_of=KH009
  reported_values:KH909:high=3
shown-in-company
  reported_values:KH009:show=with_both_denominators
  +reported_values:KH009:value_id=KH909
  reported_values:KH909:printing_of=KH009
  reported_values:KH909:population_id=venue-workers
shown-in-company
  reported_values:KH021:show=conflict_only
  links:KH038|earlier_end_of:from_id=KH021
shown-in-company
  reported_values:KH024:show=conflict_only
  links:KH038|earlier_end_of:to_id=KH024
shown-in-company
  reported_values:KH009:show=with_both_denominators
  +reported_values:KH009:value_id=KH909
  reported_values:KH909:printing_of=KH009
  reported_values:KH909:low=
shown-in-company
  reported_values:KH009:show=with_both_denominators
  +reported_values:KH009:value_id=KH909
  reported_values:KH909:printing_of=KH009
  reported_values:KH909:high=
shown-in-company
  reported_values:RESP-081-b:show=conflict_only
small-cell-is-marked
  reported_values:KH021:indicator_id=cases-recorded
  reported_values:KH021:low=3
  reported_values:KH021:high=3
small-cell-is-marked
  reported_values:KH021:low=3
  reported_values:KH021:high=3
  reported_values:KH021:disclosure=source_printed
  reported_values:KH009:high=3
small-cell-is-marked
  reported_values:KH021:low=11
  reported_values:KH021:high=11
small-cell-is-marked
  reported_values:KH021:low=
  reported_values:KH021:high=11
small-cell-is-marked
  reported_values:KH021:low=11
  reported_values:KH021:high=
small-share-says-percent
  reported_values:KH018:printed=0.1 per cent
  reported_values:KH019:low=0
source-not-used
  sources:khmer-times-2015:title=Another Title
statement-bears-on-something
  +statements:S02:statement_id=S99
  statements:S99:study_id=
  statements:S99:study_id_reason=about_tip_tier
term-pattern-reads
  terms:minor:pattern=\\b(?:minors?|[(])\\b
  terms:dramatic:pattern=(?P<one>\\\\p|lost)(?i:a)[ab](c|d)
markup
  terms:minor:pattern=(?P<one>minors?)[ab](c|d)
term-to-avoid
  sources:cambodia-daily-2015:title=Child Sex Abuse Down
  reported_values:KH010:scope_as_printed=child prostitutes
  events:RESP-044:fact_as_printed=sex tourism
  terms:minor:basis=The word minor.
tier-has-its-source
  tip_tier_sources:cambodia|2015|scorecard-diplomacy-tiers:tier_as_stated=tier_1
topic-of-its-root
  reported_values:KH009:topic=response
unknown-never-equals-unknown
  links:KH043|part_of:reason=Within.
unknown-never-equals-unknown
  links:KH043|comparable:basis=our_reading
  reported_values:KH043:weighted=no
  reported_values:KH018:weighted=no
vocabulary-not-used
  indicators:people-trained:name=Another name
watch-list-from-2004
  tip_tiers:cambodia|2004:tier=tier_2_watch_list
withdrawn-has-its-correction
  reported_values:KH012:show=conflict_only
withdrawn-root-is-alone
  reported_values:KH012:show=withdrawn
words-without-digits
  reported_values:KH009:printed=two or three
  reported_values:KH010:written_in=scaled
  reported_values:KH018:written_in=fraction
"""

# What the rules of single cells find, and what they let through, put into a column of free text.
TEXTS: dict[str, tuple[list[str], list[str]]] = {
    "broken-letters": (
        ["Mâ€™lop", "SiÃ¨ge", "8,2Â\u00a0%", "M\ufffdlop", "Siem ???"],
        ["São Tomé – “Ângela’s” Évry", "Â Ã € â", "Where?? When?"],
    ),
    "contact-or-coordinate": (
        [
            *("write to a.b@example.org", "<a-b@example.co.uk>", "012 345 678", "Call (012) 345-6789."),
            *(
                "at 012345678",
                "023\u00a0123\u00a0456",
                "+855 12 345 678",
                "+855(0)12 345 678",
                "0085512345678",
            ),
            *("855 12 345 678", "+1 202 555 0123", "202-555-0123", "(202) 555-0123", "or 012.345.678,"),
            *("11.5564, 104.9282", "(11.5564 N, 104.9282 E)", "51.5072, -0.1276", "0.3476 32.5825"),
            *("11°33′20″N 104°55′E", "-8.6500;115.2167"),
        ],
        [
            *(
                "2,104 of 35,000-50,000",
                "2015-03/2016-01",
                "pp. 012-345",
                "80.000-100.000, 80.000, 100.000",
            ),
            *("56(5):443-462", "10.1371/journal.pone.0216578", "doi 10.1016/j.x.2005.012345678"),
            *(
                "ISSN 0145-2134",
                "1 012 345 678 people",
                "p = 0.0012, 0.0034",
                "80000; 100000",
                "PMC2948072",
            ),
            *(
                "2004-2014",
                "at 25 °C, @home, 1288",
                "+2,104 to +3,000",
                "1.234, 5.678",
                "ISBN 978-92-1-130-123-4",
            ),
            *("12 345 678 persons", "012 345"),
        ],
    ),
    "control-characters": (
        [
            *(f"Siem{sign}Reap" for sign in "\u200b\u202e\u2028\u2029\ue000\ufeff\u00ad\x07\x7f\x85"),
            *(f"Siem{sign}Reap" for sign in "\u3164\u2800\ufe0f\u034f\u0378\U000e0041\u200c\u200d"),
            *("សៀម\u200b\u200bរាប", "សៀម\u200b", "\u200bរាប", "សៀម\u200bReap", "សៀម\u2060រាប"),
        ],
        ["សៀមរាប, 8,2\u00a0%", "សៀម\u200bរាប", "ស\u200bៀ\u200cម\u200dរ"],
    ),
    "formula-cell": (
        [
            *(f"{sign}1" for sign in ("=", "+", "-", "@", "|", "＝", "＋", "\uff0d", "＠", "\u2212")),
            *("\ufe62", "\t=1", " +1", "\u00a0\u22121"),
        ],
        ["Siem Reap = north-west +1 @ 3 | 4 - 5", "'=1", "– no"],
    ),
    "markup": (
        [
            *("<b>", "</b>", "<!-- -->", "<?php", "&amp;", "&#60;", "[x](y)"),
            *("JavaScript:alert(1)", "vbscript:x", "DATA:text/html,x"),
            *(
                "< script>",
                "< / script>",
                "<\u00a0IMG src=x>",
                "a &lt b",
                "a &lt",
                "&ltscript",
                "&LT/script",
            ),
            *("![x][y]", "see ![][1]"),
        ],
        [
            *("p < 0.05 & n > 20; a <2, b[1] (c)", "Some data: text", "data:", "Metadata: a/b"),
            *(
                "https://example.org/?a=1&b=2#c",
                "https://example.org/?gt=1&lt=2&amp=3",
                "a < b, R&D & < scripts",
            ),
            *("a[1][2]! [x] [y]", "p < imported"),
        ],
    ),
    "scripts-mixed": (
        [
            *("Ch\u0456ld", "\u0421hild", "chil\u0501", "Th\u03b5", "pe\u0301\u0430", "ｃhild", "Ｃ"),
            "\U0001d41child",
        ],
        ["Child Дети", "α-error, β 2", "Παιδί, ребёнок; Child", "សៀមរាប Siem", "5 µm"],
    ),
    "spaces-at-the-ends": (
        [" Siem", "Siem ", "Siem  Reap", "\u00a0Siem", "Siem\u2003", "Siem \u00a0Reap"],
        ["Siem Reap (town)"],
    ),
    "template-syntax": (
        ["{{ x", "x }}", "{% x", "x %}", "{# x", "${x}", "<% x", "{ { x", "{ % x", "{\u00a0{ x", "#{x}"],
        ["{one} 100% $5 #3", "{one, {two} }", "% }"],
    ),
    "term-to-avoid": (
        [
            *("Child porn", "Underage prostitutes", "Prostituted children", "Sex with a child"),
            *("child sex", "sex tourists", "Customers of girls", "willing minors", "shocking"),
            *("eradicated", "A minor", "sex workers under 18"),
            *(
                "Under-age prostitutes",
                "under age sex workers",
                "a juvenile prostitute",
                "teenage sex workers",
            ),
            *("teen-age prostitution", "girl prostitutes", "boy prostitutes", "girl sex workers"),
            *(
                "boy sex worker",
                "children's prostitution",
                "children’s prostitution",
                "child-sex",
                "child_sex",
            ),
            *("eliminating", "elimination", "eradicating", "eradication", "child\u00a0prostitutes"),
            *(
                "child\u2010sex",
                "child\u2013sex",
                "child \u2014 sex",
                "child\u00adprostitution\u00ad child sex",
            ),
            *("chi\u00adld sex", "sex-slaves", "child_prostitute", "eliminate"),
        ],
        [
            *(
                "Children of minority groups in sex venues",
                "Child sexual exploitation",
                "A virginal forest",
            ),
            *(
                "Girls and sex workers",
                "A girl, prostitution nearby",
                "Eliminative",
                "the sex of the child",
            ),
        ],
    ),
    "unicode-not-composed": (["Pe\u0301nh", "\u212b"], ["Pénh, ភ្នំពេញ", "Å"]),
    "words-for-missing": (
        [
            *("NA", "n/a", "N.A.", "#N/A", "NaN", "None", "null", "Nil", "missing", "TBD"),
            *("-", "--", "?", ".", " NA"),
            *("unknown", "TODO", "xxx", "n.a", "–", "—", "null.", "None.", "TBA"),
        ],
        ["None found is not none.", "Nilsson", "NA-1", "– 5 –", "unknown to us", "XXXL"],
    ),
}

# Every place where a word or a source may be used, so that a use there is not overlooked.
USES: dict[str, dict[str, list[str]]] = {
    "source-not-used": {
        "sources": [
            *("reported_values.source_id", "study_facts.source_id", "statements.source_id"),
            *("events.source_id", "series_breaks.source_id", "tip_tier_sources.source_id"),
            *("limitations.source_id", "assumptions.source_id", "not_available.source_id"),
            *("helplines.source_id", "sources.based_on"),
        ],
    },
    "vocabulary-not-used": {
        "indicators": ["reported_values.indicator_id", "series.indicator_id"],
        "populations": ["reported_values.population_id", "studies.population_id"],
        "places": [
            *("reported_values.place_id", "studies.place_id", "events.place_id"),
            *("tip_tiers.place_id", "places.parent_id"),
        ],
        "organisations": [
            *("reported_values.credited_to", "study_facts.credited_to", "studies.organisation_id"),
            *("sources.organisation_id", "statements.organisation_id", "helplines.organisation_id"),
            *("series.organisation_id", "limitations.raised_by"),
        ],
        "series": ["reported_values.series"],
    },
}


def changes(text: str) -> list[Change]:
    """Read changes of one cell each, and give them the form of an example."""
    lines = [re.fullmatch(r"\s*(\+?)(\w+):(.+?):(\w+)=(.*)", line) for line in text.strip("\n").split("\n")]
    assert all(lines), text
    return [
        {"table": one[2], "row": one[3].split("|"), "copy" if one[1] else "set": {one[4]: one[5]}}
        for one in lines
        if one
    ]


def key_of(change: Change) -> list[str]:
    """The key of the row, or its beginning, as far as it is needed to tell the row."""
    return [change["row"]] if isinstance(change["row"], str) else change["row"]


def cells_of(change: Change) -> dict[str, str]:
    """The cells that a change sets."""
    cells: dict[str, str] = change.get("add") or change.get("copy") or change["set"]
    return cells


def apply(package: Path, change: Change) -> None:
    """Make the change that the header of a rule describes."""
    key = key_of(change)
    cells = cells_of(change)

    def edit(rows: list[dict[str, str]]) -> None:
        if "add" in change:
            rows.append(dict.fromkeys(COLUMNS[change["table"]], "") | cells)
            return
        row = next(row for row in rows if list(row.values())[: len(key)] == key)
        assert cells.keys() <= row.keys()
        assert cells.items() - row.items(), f"{cells} is there already"
        if "copy" in change:
            rows.append(row | cells)
            rows.sort(key=lambda row: [row[column] for column in KEYS[change["table"]]])
        else:
            row.update(cells)

    change_rows(package, change["table"], edit)


def example(rule: SqlRule) -> list[Change]:
    """The change that breaks the rule."""
    return [rule.breaking_change]


def pinned(text: str) -> list[tuple[str, Pin, list[Change]]]:
    """Read the tables above: the rule, what it has to find, and the change that it has to find."""
    assert not A_CASE.sub("", text).strip(), "a line of the table is not read"
    return [
        (rule, (place, value, message), changes(lines) if lines else example(BY_ID[rule]))
        for rule, place, value, message, lines in A_CASE.findall(text)
    ]


def near_misses() -> list[tuple[str, list[Change]]]:
    """Read the table above: the rule, and the changes that it has to let through."""
    return [(rule, changes(lines)) for rule, lines in re.findall(r"^(\S+)((?:\n  .+)+)", NEAR_MISSES, re.M)]


THE_PINNED, THE_MORE, THE_NEAR_MISSES = pinned(PINNED), pinned(MORE), near_misses()


def found_by(rule: SqlRule, package: Path) -> list[Finding]:
    """Run one rule."""
    return offences(Subject(package, with_derived=False).database, rule)


def pins(findings: list[Finding], package: Path) -> list[Pin]:
    """What a test compares. The key is read from the file at the line that the finding gives."""
    keys = {table: keys_of(package, table) for table in {Path(one.table).stem for one in findings}}
    return [
        (f"{table}:{keys[table][one.line - 2]}:{one.field}", one.value, one.message)
        for one in findings
        for table in [Path(one.table).stem]
    ]


def assert_sound_finding(found: Finding, rule: SqlRule, package: Path) -> None:
    """A finding points at the cell that holds the value, alone or in a list, and says how to mend it."""
    cell = read_csv(package / found.table)[found.line - 2][found.field]
    assert found.value in (cell, *re.split("[;/]", cell))
    assert (found.rule, found.level, found.fix) == (rule.id, rule.level, rule.mend)
    assert found.link.endswith(f"rules/#{rule.id}")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_example_is_found_in_these_words(rule: SqlRule, package: Path) -> None:
    """A rule without a pinned case fails here, and so does one that finds more than its example."""
    for change in example(rule):
        apply(package, change)
    found = found_by(rule, package)
    assert pins(found, package) == [pin for name, pin, _ in THE_PINNED if name == rule.id] != []
    for one in found:
        assert_sound_finding(one, rule, package)


@pytest.mark.parametrize(("rule", "pin", "changed"), THE_MORE, ids=[one[0] for one in THE_MORE])
def test_other_half_is_found(rule: str, pin: Pin, changed: list[Change], package: Path) -> None:
    """Each branch of a query has a case of its own."""
    for change in changed:
        apply(package, change)
    found = [one for one in found_by(BY_ID[rule], package) if pins([one], package) == [pin]]
    assert len(found) == 1
    assert_sound_finding(found[0], BY_ID[rule], package)


@pytest.mark.parametrize("rule", TEXTS)
def test_texts_are_told_apart(rule: str, package: Path) -> None:
    """One text a row: exactly those are found that are meant, each at its own line."""
    faults, sound = TEXTS[rule]
    texts = [*faults, *sound]

    def edit(rows: list[dict[str, str]]) -> None:
        for row, text in zip(rows, texts, strict=False):
            row["name"] = text

    change_rows(package, "places", edit)
    found = found_by(BY_ID[rule], package)
    wanted = {("data/places.csv", line, "name", text) for line, text in enumerate(faults, start=2)}
    assert {(one.table, one.line, one.field, one.value) for one in found} == wanted


def test_every_term_has_a_text(sound: Path) -> None:
    """A term that is added to the list gets its text above."""
    terms = {row["term_id"]: re.compile(row["pattern"], re.I) for row in read_csv(sound / "data/terms.csv")}
    faults, _ = TEXTS["term-to-avoid"]
    assert {term for term, pattern in terms.items() if any(map(pattern.search, faults))} == set(terms)


def new_words(rule: str) -> dict[str, tuple[str, str]]:
    """A new word for each place of use: its table and that place."""
    places = [(table, place) for table, places in USES[rule].items() for place in places]
    return {f"word-{number}": place for number, place in enumerate(places)}


def add_word(package: Path, table: str, word: str) -> None:
    """Copy the first row of a vocabulary under another key."""

    def edit(rows: list[dict[str, str]]) -> None:
        new = {column: f"https://example.org/{word}" for column in rows[0] if column == "url"}
        rows.append(rows[0] | new | {next(iter(rows[0])): word})

    change_rows(package, table, edit)


def use_word(package: Path, place: str, word: str) -> None:
    """Put the word in place of another that is used there once more."""
    table, column = place.split(".")

    def edit(rows: list[dict[str, str]]) -> None:
        cells = [row[column] for row in rows]
        row = next(row for row in rows if not row[column] or cells.count(row[column]) > 1)
        row[column] = word

    change_rows(package, table, edit)


@pytest.mark.parametrize("rule", USES)
def test_every_way_of_using_a_word_counts(rule: str, package: Path) -> None:
    """Each new word is missed until it is used, each in another place."""
    words = new_words(rule)
    for word, (table, _) in words.items():
        add_word(package, table, word)
    assert {one.value for one in found_by(BY_ID[rule], package)} == set(words)
    for word, (_, place) in words.items():
        use_word(package, place, word)
    assert found_by(BY_ID[rule], package) == []


def touched(change: Change) -> set[tuple[str, str, str]]:
    """The cells that a change needs for itself: all of the row where it gives the row another key."""
    table, cells = change["table"], cells_of(change)
    columns = COLUMNS[table] if "set" not in change or set(cells) & set(KEYS[table]) else list(cells)
    return {(table, key_of(change)[0], column) for column in columns}


def rounds(cases: list[list[Change]]) -> list[list[Change]]:
    """Put cases together that touch different cells, so that one package does for many of them."""
    some: list[tuple[set[tuple[str, str, str]], list[Change]]] = []
    for case in cases:
        cells = {cell for change in case for cell in touched(change)}
        fitting = next((one for one in some if not one[0] & cells), None)
        if fitting is None:
            fitting = (set(), [])
            some.append(fitting)
        fitting[0].update(cells)
        fitting[1].extend(case)
    return [case for _, case in some]


def test_changes_keep_the_schema(tmp_path: Path) -> None:
    """A rule that the schema always forestalls would never speak; a near miss has to be sound."""
    examples = [example(rule) for rule in RULES]
    cases = [*examples, *(one[2] for one in THE_MORE), *(one[1] for one in THE_NEAR_MISSES)]
    for number, some in enumerate(rounds(cases)):
        package = copy_package(tmp_path / str(number))
        for change in some:
            apply(package, change)
        assert schema.check(Subject(package)) == []


def test_two_lines_that_change_places_keep_the_schema(package: Path) -> None:
    """The example of the rule renames a row, which is missed elsewhere; so here two lines change places."""
    path = package / "data/reported_values.csv"
    header, first, second, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([header, second, first, *rest]), encoding="utf-8", newline="")
    [found] = found_by(BY_ID["rows-sorted-by-key"], package)
    assert (found.line, found.value) == (3, first.partition(",")[0])
    assert schema.check(Subject(package)) == []


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The untouched package."""
    return copy_package(tmp_path_factory.mktemp("sound") / "package")


def test_sound_data_have_no_finding(sound: Path) -> None:
    """Otherwise a pinned finding could stem from the data."""
    assert rules.check(Subject(sound)) == []


def test_every_rule_has_a_near_miss() -> None:
    """Rules of single cells have theirs among the texts, that of corrections in a test of its own."""
    elsewhere = {*TEXTS, "correction-names-its-cell"}
    assert {rule for rule, _ in THE_NEAR_MISSES} | elsewhere == set(BY_ID)


@pytest.mark.parametrize(("rule", "changed"), THE_NEAR_MISSES, ids=[one[0] for one in THE_NEAR_MISSES])
def test_near_miss_is_let_through(rule: str, changed: list[Change], package: Path) -> None:
    """A rule that cries over sound rows is switched off in the end."""
    for change in changed:
        apply(package, change)
    assert found_by(BY_ID[rule], package) == []


def test_mended_form_is_the_published_row() -> None:
    """What the entry of a rule shows as sound is sound."""
    for rule in RULES:
        change = rule.breaking_change
        key = "|".join(change["row"]) if isinstance(change["row"], list) else change["row"]
        rows = dict(
            zip(keys_of(ROOT, change["table"]), read_csv(ROOT / f"data/{change['table']}.csv"), strict=True)
        )
        if "add" in change:
            continue
        assert rule.mended_cells == {name: rows[key][name] for name in change.get("set", {})}


def broken_rule() -> SqlRule:
    """A rule whose file was saved half-way."""
    return replace(RULES[0], query="SELECT line FROM no_such_table WHERE")


def test_broken_query_is_a_crash(sound: Path) -> None:
    """A query that fails must never look like sound data."""
    with pytest.raises(RuleCrash, match="The rule age-turned-round failed"):
        found_by(broken_rule(), sound)


@pytest.mark.parametrize("debug", [False, True])
def test_crash_is_no_verdict(
    debug: bool, sound: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 and one line; the traceback only for those who ask."""
    monkeypatch.setattr(rules, "RULES", (broken_rule(),))
    options = ["--debug"] if debug else []
    assert main([*options, "check", "--package", str(sound), "--layer", "rules"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "The tool failed: RuleCrash: The rule age-turned-round failed" in printed.err
    assert "This is not a verdict on the data." in printed.err
    assert ("Traceback" in printed.err) == debug


A_CORRECTION = {
    "correction_id": "C001",
    "version": "1.0.1",
    "date": "2026-11-25",
    "kind": "correction",
    "table_name": "reported_values",
    "row_key": "KH010",
    "field": "low",
    "was": "2.3",
    "became": "2.2",
    "reason": "A digit was misread.",
}
A_REMOVAL = {"kind": "removal", "table_name": "links", "field": "", "field_reason": "not_applicable"}


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({}, ""),
        ({"table_name": "links", "row_key": "KH007 numerator_of KH010", "field": "reason"}, ""),
        ({"kind": "withdrawal", "field": "show", "was": "free", "became": "withdrawn"}, ""),
        (A_REMOVAL | {"row_key": "KH007 part_of KH010"}, ""),
        ({"row_key": "KH0100"}, "There is no such row in reported_values."),
        ({"field": "lowest"}, "There is no such column in reported_values."),
        ({"field": "", "field_reason": "not_applicable"}, "The column is not named."),
        ({"became": "2.3"}, "Before and after are the same."),
        ({"kind": "removal"}, "A reading is withdrawn, never removed."),
        (A_REMOVAL | {"row_key": "KH007 numerator_of KH010"}, "The row is still there."),
        (A_REMOVAL | {"field": "reason"}, "A removal takes out a whole row, so it names no column."),
    ],
)
def test_a_correction_is_followed_to_its_cell(cells: dict[str, str], message: str, package: Path) -> None:
    apply(package, {"table": "corrections", "row": "C001", "add": A_CORRECTION | cells})
    assert [one.message for one in found_by(BY_ID["correction-names-its-cell"], package)] == [message][
        : bool(message)
    ]


def test_a_withdrawal_with_its_correction_is_let_through(package: Path) -> None:
    cells = {
        "kind": "withdrawal",
        "row_key": "KH012",
        "field": "show",
        "was": "free",
        "became": "withdrawn",
    }
    apply(package, {"table": "corrections", "row": "C001", "add": A_CORRECTION | cells})
    apply(package, {"table": "reported_values", "row": "KH012", "set": {"show": "withdrawn"}})
    assert rules.check(Subject(package)) == []
