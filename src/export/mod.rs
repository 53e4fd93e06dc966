//! The network and its claims become files, one module a format, blind to each other.
