//! People as the messaging accounts know them.
