//! What fits what.

use super::names::{Fit, Wanted};

#[test]
fn names_fit_whatever_their_case_and_accents() {
    let fit = |word: &str, name: &str| Wanted::new(word).fit(name);
    assert_eq!(fit("lea martin", "Léa  MARTIN"), Some(Fit::Exact));
    assert_eq!(fit("LÉA", "Lea\u{301} Martin"), Some(Fit::Starts));
    assert_eq!(fit("mar lé", "Léa Martin"), Some(Fit::Words));
    assert_eq!(fit("artin", "Léa Martin"), Some(Fit::Contains));
    assert_eq!(fit("明日", "明日の会議"), Some(Fit::Starts));
    assert_eq!(fit("a", "Léa Martin"), None);
    assert_eq!(fit("", "Léa Martin"), None);
    assert_eq!(fit("bob", "Léa Martin"), None);
}

#[test]
fn a_slip_of_the_pen_is_near() {
    assert!(Wanted::new("lea matrin").likeness("Léa Martin") > 0.8);
    assert!(Wanted::new("qqqq").likeness("Léa Martin") < 0.5);
}
