"""The statistics behind derived tables: one small pure function per method, one module per question.

Shares and limits are proportions from 0 to 1. Printed percentages are strings, because "2.2" and "2.20"
claim different things, and stay exact fractions in percent. The earlier wave (1) comes before the later
(2). x people of n have the trait; both may be fractional where an effective sample size is meant. Intervals
cover sampling error alone. A count beyond its sample and what a docstring adds are a ValueError that names
the argument and its value; that a proportion lies between 0 and 1, the rules have asked of the data.
"""
