//! Reads the moments of the texts: days before the beginning, or how long before it.

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;

/// A clock time some days before a moment, such as `3` and `09:41`; days are UTC days.
pub(in crate::demo) fn days_ago(began: i64, days: i64, clock: &str) -> Option<i64> {
    let (hours, minutes) = clock.split_once(':')?;
    let hours: i64 = hours.parse().ok().filter(|h| (0..24).contains(h))?;
    let minutes: i64 = minutes.parse().ok().filter(|m| (0..60).contains(m))?;
    let midnight = began - began.rem_euclid(DAY);
    let at = midnight - days * DAY + (hours * 60 + minutes) * MINUTE;
    // What is dated today but later than the beginning is pulled back to just before it.
    Some(at.min(began - MINUTE))
}

/// A length of time such as `12m`, `3h20m`, `2d`, in milliseconds.
pub(in crate::demo) fn length(text: &str) -> Option<i64> {
    let mut sum = 0;
    let mut digits = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            'w' | 'd' | 'h' | 'm' | 's' => {
                let number: i64 = digits.parse().ok()?;
                digits.clear();
                sum += number
                    * match c {
                        'w' => 7 * DAY,
                        'd' => DAY,
                        'h' => 60 * MINUTE,
                        'm' => MINUTE,
                        _ => 1000,
                    };
            }
            _ => return None,
        }
    }
    (digits.is_empty() && sum >= 0 && !text.is_empty()).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_counted_back_from_the_beginning() {
        let began = 10 * DAY + 8 * 60 * MINUTE;
        assert_eq!(
            days_ago(began, 3, "09:41"),
            Some(7 * DAY + (9 * 60 + 41) * MINUTE)
        );
        assert_eq!(days_ago(began, 0, "23:00"), Some(began - MINUTE));
        assert_eq!(length("3h20m"), Some(200 * MINUTE));
        assert_eq!(length("2d"), Some(2 * DAY));
        for broken in ["", "12", "m", "1x", "3 h"] {
            assert!(
                length(broken).is_none_or(|l| l == 0 && broken == "m"),
                "{broken}"
            );
        }
    }
}
