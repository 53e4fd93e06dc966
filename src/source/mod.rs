//! Files, folders, globs and standard input become [`Article`](crate::model::Article)s.
