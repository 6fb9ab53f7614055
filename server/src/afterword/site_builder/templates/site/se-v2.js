// Answers to Statuspage's browser library: `new StatusPage.page({ page: "id" }).summary({ success })`.
// Whatever page is named, the one this file came from is asked; `host` asks another.
(() => {
  "use strict";
  const script = document.currentScript;
  const home = script && script.src ? new URL(script.src).origin : {{ home|safe }};
  const FILTERS = {
    incidents: ["unresolved", "resolved"],
    scheduled_maintenances: ["upcoming", "active"],
  };

  class Page {
    constructor(options = {}) {
      const scheme = options.secure === false ? "http" : "https";
      this.base = options.host ? `${scheme}://${options.host}` : home;
    }

    get(path, options = {}) {
      const { success, error } = options;
      return fetch(`${this.base}/api/v2/${path}.json`)
        .then((answer) => {
          if (!answer.ok) throw new Error(`${answer.status} for ${path}`);
          return answer.json();
        })
        .then(
          (data) => (success ? success(data) : data),
          (problem) => {
            if (error) error(problem);
          },
        );
    }
  }

  const filtered = (name) => function list(options = {}) {
    const path = name.replace("_", "-");
    const known = FILTERS[name].includes(options.filter);
    return this.get(known ? `${path}/${options.filter}` : path, options);
  };
  for (const name of ["summary", "status", "components"]) {
    Page.prototype[name] = function one(options) {
      return this.get(name, options);
    };
  }
  for (const name of Object.keys(FILTERS)) Page.prototype[name] = filtered(name);
  window.StatusPage = { page: Page };
})();
