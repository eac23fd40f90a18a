"""What the jobs of GitHub do: one comment kept up to date, a workbook read from an issue, a pull request.

Jobs that may write run nothing but this folder, from the main branch, on the standard library alone. What
another job hands over is data to them, of which each part is looked at again.
"""
