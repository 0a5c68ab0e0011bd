//! Job postings, applicants and hiring projects.
