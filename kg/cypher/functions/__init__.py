"""The functions that a query can call, one kind a file; `table` says what an entry holds."""
