"""Every text in the database by what it is: for readers, from inside, or no words at all.

A field that is new has to be placed here. One from inside has to be planted with a canary by an act
of ``acts``; that it is, a test looks up in the database.
"""

INSIDE = {
    "accounts.Person.name", "audience.AccountImpact.loss", "audience.Contact.name",
    "audience.Customer.name", "audience.Customer.tier", "audience.ReaderRemark.text",
    "audience.Subscriber.quarantined_because",
    "audit.Entry.actor_label", "commitments.Commitment.owner_name",
    "commitments.Commitment.tracker_url", "commitments.CommitmentChange.note",
    "desk.TypedText.body", "desk.TypedText.device", "desk.TypedText.title",
    "fanout.Mailing.because",
    "followups.PlanLine.reason", "incidents.Decision.reason", "incidents.Hold.reason",
    "incidents.Hold.release_reason", "incidents.RecordVersion.data",
    "incidents.RecordVersion.reason", "incidents.Recurrence.reason",
    "incidents.Update.author_label", "incidents.UpdateTemplate.body",
    "incidents.UpdateTemplate.name", "incidents.UpdateTemplate.title",
    "postbox.CameBack.said",
    "postmortems.ActionItem.owner_name", "postmortems.ActionItem.tracker_url",
    "postmortems.ActionItem.what", "postmortems.ActionItemChange.after",
    "postmortems.ActionItemChange.before", "postmortems.ActionItemChange.note",
    "postmortems.LiftedFact.source", "postmortems.PostmortemReading.comment",
    "postmortems.PostmortemRevision.body", "postmortems.PostmortemRevision.parts",
    "publishing.Departure.ended_by", "publishing.Departure.why", "publishing.PanelSwitch.reason",
    "publishing.Publication.accepted",
    "audit.Entry.detail", "statements.Bypass.comment",
    "statements.Bypass.reason", "statements.Comment.body", "statements.Comment.quote",
    "statements.Override.reason", "statements.Review.comment", "statements.Revision.body",
    "statements.Revision.title", "statements.Translation.body", "statements.Translation.title",
    "statements.TranslationReview.comment",
}  # fmt: skip
OUTWARD = {
    "commitments.Commitment.dropped_because", "commitments.Commitment.effect",
    "commitments.Commitment.what", "commitments.Commitment.why", "components.Component.aliases",
    "components.Component.description", "components.Component.name", "components.Page.name",
    "components.Page.support_contact", "components.Page.url", "incidents.Incident.title",
    "incidents.NamedPart.name",
    "incidents.Update.body", "statements.Amendment.body", "statements.Amendment.title",
    "statements.Amendment.wrote",
    "statements.Override.message", "statements.Override.quote",
}  # fmt: skip
# Made of what was published, and of nothing else: the builder and the letters read these.
PUBLISHED = {
    "postbox.Message.html", "postbox.Message.subject", "postbox.Message.text",
    "postbox.Letter.fill", "publishing.CatalogueEntry.hit", "publishing.CatalogueEntry.title",
    "publishing.CatalogueEntry.words", "publishing.CatalogueHit.name",
    "publishing.PromiseWord.what", "publishing.PublicIncident.components",
    "publishing.PublicIncident.facts", "publishing.PublicIncident.title",
    "publishing.PublicPromise.dropped_because", "publishing.PublicPromise.effect",
    "publishing.PublicPromise.what", "publishing.PublicPromise.why",
    "publishing.Publication.body", "publishing.Publication.commitments",
    "publishing.Publication.facts", "publishing.Publication.html", "publishing.Publication.title",
}  # fmt: skip
# Names of fields that hold ids, hashes, keys, codes, figures and words of our own, wherever.
NO_WORDS = {
    "about", "accent_dark", "accent_light", "account", "account_id", "address", "address_mark",
    "affected", "after", "answer", "answered", "asked", "because_of", "before", "body_format",
    "came_back_in", "came_from", "cause", "cause_name", "channel", "claimed_by", "code_hash",
    "counted",
    "commitment_id", "component_id", "components", "confidence", "credential", "credential_id",
    "data_effect", "device", "digest", "earlier_id", "email", "errors", "extra", "fault",
    "figures", "hash", "held", "how", "impact", "incident_id", "incident_ref", "inputs", "issuer",
    "key", "kind", "language", "languages", "last_answer", "let_through", "linter_version",
    "list_id",
    "logo", "logo_dark", "logo_dark_ending", "logo_ending", "mechanism", "month", "name",
    "network", "original_hash", "outcome", "pad", "part", "parts", "password", "path", "place",
    "previous_hash", "promises_hash", "public_id", "quarantined_because", "quarter", "recipient",
    "recipient_list", "record_hash", "regions", "repeat_of", "rfc_message_id", "rule", "salt",
    "says", "sealed", "sealed_secret", "sealed_url", "segment", "sender", "session_data", "step",
    "session_key",
    "skipped", "source", "source_id", "state", "statement_id", "status", "steered_by", "subject",
    "tally",
    "terms", "text_hash", "time_zone", "told", "token", "token_hash",
    "unsubscribe_url", "uptime_weights",
    "value", "verb", "went_to", "wish", "zone",
}  # fmt: skip
# Where a name of those stands for somebody's words all the same, the whole field is placed above.
SIGNING_IN = {"accounts.Passkey.name", "accounts.DeskSession.device"}
