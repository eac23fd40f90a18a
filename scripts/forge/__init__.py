"""GitHub jobs: keep one comment up to date, read a workbook from an issue, open a pull request.

Jobs that may write run nothing but this folder, from the main branch, on the standard library alone. What
another job hands over is data to them, of which each part is looked at again.
"""
