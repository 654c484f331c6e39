"""From figures to what people read: bands, tables, exports."""
