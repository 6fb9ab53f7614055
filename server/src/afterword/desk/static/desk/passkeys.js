// Asks the browser for a passkey, or to make one, and sends its answer like any form.
"use strict";
(() => {
  const able = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON;
  const why = (error) => {
    if (error.name === "NotAllowedError" || error.name === "AbortError") return "It was called off, or took too long. Nothing has changed.";
    if (error.name === "InvalidStateError") return "This device has a passkey for you already.";
    if (error.name === "SecurityError") return "Browsers refuse passkeys at a bare IP address. Open the desk by its name.";
    return error.message;
  };
  const options = async (form) => {
    const answer = await fetch(form.dataset.begin, {
      method: "POST",
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json" },
    });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.message || "The server did not answer as expected. Load this page again.");
    return told.publicKey;
  };
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const said = form.querySelector("[data-said]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      said.hidden = true;
      try {
        if (!able) throw new Error("This browser is too old for passkeys.");
        const asked = await options(form);
        const made = form.dataset.passkey === "make"
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
        form.elements.credential.value = JSON.stringify(made.toJSON());
        form.submit();
      } catch (error) {
        said.textContent = why(error);
        said.hidden = false;
      }
    });
  }
})();
