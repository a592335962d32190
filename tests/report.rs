//! The page and its charts, as a user makes them.
