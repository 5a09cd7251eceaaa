"""Names as strings: their normal form, their structure, and whether two of them are one."""
