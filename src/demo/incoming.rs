//! Takes requests apart: what stands in the path, the query, the headers and the body.

use std::collections::HashMap;

use axum::body::{Body, Bytes};
use axum::extract::{Form, FromRequest as _, Multipart, RawPathParams, Request};

use super::ask::{Ask, FormPart, Given};
use super::problem::Problem;

/// Largest request body: the 25 MiB that a file may have, with room for the form around it.
const BODY_LIMIT: usize = 32 << 20;

/// Whether a route wants the key. The pages for browsers have none to give, and take forms instead of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Door {
    Key,
    Open,
}

/// Takes a request apart.
pub(super) async fn read(
    origin: &str,
    door: Door,
    parts: &RawPathParams,
    request: Request,
) -> Result<Ask, Problem> {
    let mut path = HashMap::new();
    for (name, value) in parts {
        if let Some(known) = PLACEHOLDERS.iter().find(|known| **known == name) {
            path.insert(*known, value.to_owned());
        }
    }
    let query = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(request.uri())
        .map(|query| query.0)
        .map_err(|_| Problem::invalid("The query string cannot be read."))?;
    let headers = request.headers();
    let header = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    let kind = header("content-type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let headers = ["idempotency-key", "user-agent"]
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), header(name)?)))
        .collect();
    let body = if kind.starts_with("multipart/form-data") {
        Given::Form(form(request).await?)
    } else if door == Door::Open && kind.starts_with("application/x-www-form-urlencoded") {
        Given::Form(fields(request).await?)
    } else {
        let bytes = axum::body::to_bytes(request.into_body(), BODY_LIMIT).await;
        let bytes =
            bytes.map_err(|_| Problem::new(400, "content_too_large", "Content too large"))?;
        json(&kind, &bytes)?
    };
    Ok(Ask {
        path,
        query,
        headers,
        body,
        origin: origin.to_owned(),
    })
}

/// Every placeholder that a path of the API may hold.
const PLACEHOLDERS: &[&str] = &[
    "id",
    "account_id",
    "chat_id",
    "message_id",
    "attachment_id",
    "attendee_id",
    "invitation_id",
    "identifier",
    "post_id",
    "user_id",
    "job_id",
    "draft_id",
    "applicant_id",
    "email_id",
    "folder_id",
    "webhook_id",
    "calendar_id",
    "event_id",
    "token",
];

fn json(kind: &str, bytes: &Bytes) -> Result<Given, Problem> {
    if bytes.is_empty() {
        return Ok(Given::Nothing);
    }
    if !kind.is_empty() && !kind.starts_with("application/json") {
        return Err(Problem::new(
            415,
            "unsupported_media_type",
            "Unsupported media type",
        ));
    }
    match serde_json::from_slice(bytes) {
        Ok(serde_json::Value::Object(fields)) => Ok(Given::Json(fields)),
        _ => Err(Problem::new(400, "malformed_request", "Malformed request")
            .because("The body is not a JSON object.")),
    }
}

/// The fields of a form as browsers send it when there is no file in it.
async fn fields(request: Request) -> Result<Vec<FormPart>, Problem> {
    let fields = Form::<Vec<(String, String)>>::from_request(request, &()).await;
    let Form(fields) = fields.map_err(|_| {
        Problem::new(400, "malformed_request", "Malformed request")
            .because("The form cannot be read.")
    })?;
    let part = |(name, value): (String, String)| FormPart {
        name,
        file_name: None,
        mime: None,
        bytes: value.into_bytes(),
    };
    Ok(fields.into_iter().map(part).collect())
}

async fn form(request: Request) -> Result<Vec<FormPart>, Problem> {
    let malformed = || {
        Problem::new(400, "malformed_request", "Malformed request")
            .because("The form cannot be read.")
    };
    let (head, body) = request.into_parts();
    let request = Request::from_parts(
        head,
        Body::new(axum::body::Body::from_stream(body.into_data_stream())),
    );
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| malformed())?;
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|_| malformed())? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let mime = file_type(field.content_type(), file_name.as_deref());
        let bytes = field.bytes().await.map_err(|_| malformed())?.to_vec();
        if bytes.len() > 26_214_400 {
            return Err(Problem::new(400, "content_too_large", "Content too large")
                .because("A file may have 25 MiB."));
        }
        parts.push(FormPart {
            name,
            file_name,
            mime,
            bytes,
        });
    }
    Ok(parts)
}

/// What a file is: as the client says, or by its name when it says nothing of use.
fn file_type(said: Option<&str>, name: Option<&str>) -> Option<String> {
    let useful = said.filter(|said| *said != "application/octet-stream");
    let guess = || mime_guess::from_path(name?).first_raw();
    useful.or_else(guess).or(said).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_do_not_say_what_they_are_are_known_by_their_names() {
        let plain = Some("application/octet-stream");
        let told = |said, name| file_type(said, name).unwrap_or_default();
        assert_eq!(told(plain, Some("a.png")), "image/png");
        assert_eq!(told(None, Some("a.pdf")), "application/pdf");
        assert_eq!(told(Some("text/csv"), Some("a.png")), "text/csv");
        assert_eq!(told(plain, Some("a")), "application/octet-stream");
        assert_eq!(file_type(None, None), None);
    }
}
