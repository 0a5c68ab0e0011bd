//! LinkedIn only: companies, search, hiring, InMail.
