"""The statistics behind derived tables: one small pure function per method, one module per question.

Shares and limits are proportions from 0 to 1. Printed percentages are strings, because "2.2" and "2.20"
claim different precision; they become exact fractions, in percent. The earlier survey is 1, the later 2.
Of n people, x have the trait; both may be fractional where n is an effective sample size. Intervals cover
sampling error only. A function raises a ValueError that names the argument and its value if x exceeds n, or
for the reasons that its docstring gives. Proportions are not checked here: the rules have already checked
that the data lie between 0 and 1.
"""
