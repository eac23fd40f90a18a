"""The GitHub jobs, which keep a comment up to date, read a workbook from an issue, and open a pull request.

Jobs that have write permission run only this folder, from the main branch, using only the standard library.
They treat what another job hands over as data, and check each part of it again.
"""
