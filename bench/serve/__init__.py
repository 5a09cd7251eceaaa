"""A server under load, overload and faults, beside a plain one."""
