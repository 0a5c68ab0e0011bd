//! Builds multipart forms; files are read from disk while they are sent.

use reqwest::multipart;
use tokio_util::io::ReaderStream;

use super::error::{Error, Result};
use super::request::{Part, Source, Upload};

/// Builds the form of a request.
pub(super) async fn build(parts: &[(String, Part)]) -> Result<multipart::Form> {
    // As browsers write them: plain UTF-8 names, which every server reads.
    let mut form = multipart::Form::new().percent_encode_noop();
    for (name, part) in parts {
        form = match part {
            Part::Text(text) => form.text(name.clone(), text.clone()),
            Part::File(upload) => form.part(name.clone(), file(upload).await?),
        };
    }
    Ok(form)
}

async fn file(upload: &Upload) -> Result<multipart::Part> {
    let part = match &upload.source {
        Source::Bytes(bytes) => multipart::Part::bytes(bytes.clone()),
        Source::Path(path) => {
            let failed = |source| Error::File {
                path: path.display().to_string(),
                source,
            };
            let file = tokio::fs::File::open(path).await.map_err(failed)?;
            let about = file.metadata().await.map_err(failed)?;
            if !about.is_file() {
                return Err(failed(std::io::Error::other("is not a file")));
            }
            let body = reqwest::Body::wrap_stream(ReaderStream::new(file));
            multipart::Part::stream_with_length(body, about.len())
        }
    };
    part.file_name(header_safe(&upload.name))
        .mime_str(&upload.media_type())
        .map_err(|_| Error::File {
            path: upload.name.clone(),
            source: std::io::Error::other("its media type cannot be written"),
        })
}

/// A file name that cannot break out of the header it stands in.
fn header_safe(name: &str) -> String {
    name.chars()
        .map(|c| {
            if c.is_control() || c == '"' || c == '\\' {
                '_'
            } else {
                c
            }
        })
        .collect()
}
