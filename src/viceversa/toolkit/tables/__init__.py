"""Tables of rows in and out: CSV and Excel, read with care and written without harm."""

from viceversa.toolkit.tables.read import DEFAULT_LIMITS, read_table
from viceversa.toolkit.tables.table import Limits, Row, Table, UnreadableTable
from viceversa.toolkit.tables.write import Cell, cell_text, write_csv, write_csv_to, write_xlsx

__all__ = [
    "DEFAULT_LIMITS",
    "Cell",
    "Limits",
    "Row",
    "Table",
    "UnreadableTable",
    "cell_text",
    "read_table",
    "write_csv",
    "write_csv_to",
    "write_xlsx",
]
