//! Reads LinkedIn profiles.

use crate::api::fields::{Decode, Fields, Flaw};
use crate::api::words::words;
use crate::model::person::{ContactInfo, Social};
use crate::model::profile::{
    Birthday, Certification, Education, InvitationDirection, InvitationStatus, Language,
    LinkedinFlags, LinkedinOwner, LinkedinProfile, Locale, PendingInvitation, Seat, SeatTrouble,
    Skill, Volunteering, Work,
};

words! {
    InvitationDirection { "SENT" => Sent, "RECEIVED" => Received }
    InvitationStatus { "PENDING" => Pending, "IGNORED" => Ignored, "WITHDRAWN" => Withdrawn }
    SeatTrouble { "MULTIPLE_SESSIONS" => MultipleSessions, "DISCONNECTED" => Disconnected }
}

impl Decode for LinkedinProfile {
    const NAME: &'static str = "LinkedinProfile";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("provider_id")?.into(),
            public_id: f.id("public_identifier"),
            profile_url: f.text("public_profile_url"),
            first_name: f.text("first_name"),
            last_name: f.text("last_name"),
            pronoun: f.text("pronoun"),
            headline: f.text("headline"),
            summary: f.text("summary"),
            location: f.text("location"),
            locale: f.inside("primary_locale").map(|locale| Locale {
                country: locale.text("country"),
                language: locale.text("language"),
            }),
            flags: linkedin_flags(f),
            can_receive_inmail: f.flag("can_send_inmail"),
            distance: f.word("network_distance"),
            invitation: f.inside("invitation").map(|invitation| PendingInvitation {
                direction: invitation.word("type"),
                status: invitation.word("status"),
            }),
            websites: f.texts("websites"),
            hashtags: f.texts("hashtags"),
            followers: f.count("follower_count"),
            connections: f.count("connections_count"),
            shared_connections: f.count("shared_connections_count"),
            picture_url: f.text("profile_picture_url"),
            large_picture_url: f.text("profile_picture_url_large"),
            background_url: f.text("background_picture_url"),
            contact: f.one("contact_info"),
            birthday: f.inside("birthdate").and_then(|date| {
                Some(Birthday {
                    month: date.whole("month")?,
                    day: date.whole("day")?,
                })
            }),
            work: f.list("work_experience"),
            volunteering: f.list("volunteering_experience"),
            education: f.list("education"),
            skills: f.list("skills"),
            languages: f.list("languages"),
            certifications: f.list("certifications"),
            held_back: f.texts("throttled_sections"),
        })
    }
}

fn linkedin_flags(f: &Fields<'_>) -> LinkedinFlags {
    LinkedinFlags {
        is_open_profile: f.is("is_open_profile"),
        is_premium: f.is("is_premium"),
        is_influencer: f.is("is_influencer"),
        is_creator: f.is("is_creator"),
        is_hiring: f.is("is_hiring"),
        is_open_to_work: f.is("is_open_to_work"),
        is_saved_lead: f.is("is_saved_lead"),
        is_crm_imported: f.is("is_crm_imported"),
        is_relation: f.is("is_relationship"),
        is_oneself: f.is("is_self"),
    }
}

impl Decode for ContactInfo {
    const NAME: &'static str = "ContactInfo";

    /// Profiles and chats name the same things differently. The server writes "adresses"; the right spelling is read
    /// too, should it be mended one day.
    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            emails: f.texts("emails"),
            phones: either(f.texts("phones"), f.texts("phone_numbers")),
            addresses: either(f.texts("adresses"), f.texts("addresses")),
            websites: f.texts("websites"),
            socials: either(f.list("socials"), f.list("social_handles")),
        })
    }
}

/// A list under either of its names.
fn either<T>(mut list: Vec<T>, other: Vec<T>) -> Vec<T> {
    list.extend(other);
    list
}

impl Decode for Social {
    const NAME: &'static str = "Social";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            network: f.text("type"),
            name: f.text_or_empty("name"),
        })
    }
}

impl Decode for Work {
    const NAME: &'static str = "Work";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            position: f.text("position"),
            company: f.text("company"),
            company_id: f.id("company_id"),
            location: f.text("location"),
            description: f.text("description"),
            is_current: f.flag("current"),
            status: f.text("status"),
            skills: f.texts("skills"),
            start: f.text("start"),
            end: f.text("end"),
        })
    }
}

impl Decode for Volunteering {
    const NAME: &'static str = "Volunteering";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            company: f.text("company"),
            role: f.text("role"),
            cause: f.text("cause"),
            description: f.text("description"),
            start: f.text("start"),
            end: f.text("end"),
        })
    }
}

impl Decode for Education {
    const NAME: &'static str = "Education";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            school: f.text("school"),
            degree: f.text("degree"),
            field: f.text("field_of_study"),
            start: f.text("start"),
            end: f.text("end"),
        })
    }
}

impl Decode for Skill {
    const NAME: &'static str = "Skill";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            name: f.text_or_empty("name"),
            endorsements: f.count("endorsement_count"),
            endorsement_id: f.whole("endorsement_id"),
        })
    }
}

impl Decode for Language {
    const NAME: &'static str = "Language";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            name: f.text_or_empty("name"),
            proficiency: f.text("proficiency"),
        })
    }
}

impl Decode for Certification {
    const NAME: &'static str = "Certification";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            name: f.text_or_empty("name"),
            organization: f.text("organization"),
            url: f.text("url"),
        })
    }
}

impl Decode for LinkedinOwner {
    const NAME: &'static str = "LinkedinOwner";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("provider_id")?.into(),
            entity_urn: f.text("entity_urn"),
            object_urn: f.text("object_urn"),
            first_name: f.text_or_empty("first_name"),
            last_name: f.text_or_empty("last_name"),
            public_id: f.id("public_identifier"),
            profile_url: f.text("public_profile_url"),
            picture_url: f.text("profile_picture_url"),
            headline: f.text("headline"),
            occupation: f.text("occupation"),
            location: f.text("location"),
            email: f.text("email"),
            is_premium: f.is("premium"),
            is_open_profile: f.is("open_profile"),
            recruiter: seat(f, "recruiter"),
            sales_navigator: seat(f, "sales_navigator"),
            organizations: f.json_texts("organizations"),
        })
    }
}

/// Reads a subscription: an object when usable, an error object when broken, null when there is none.
fn seat(f: &Fields<'_>, name: &str) -> Seat {
    let Some(seat) = f.inside(name) else {
        return Seat::NotSubscribed;
    };
    match seat.word("error") {
        Some(trouble) => Seat::Broken(trouble),
        None => Seat::Usable {
            seat: seat.token("owner_seat_id"),
            contract: seat.token("contract_id"),
        },
    }
}
