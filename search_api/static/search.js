// Suggestions while typing (an ARIA combobox), a sign that an answer is on its way, and focus after it has come.
(() => {
  "use strict";
  const WAIT = 90; // milliseconds after the last key

  document.addEventListener("htmx:before:request", () => document.body.classList.add("is-waiting"));
  document.addEventListener("htmx:finally:request", () => document.body.classList.remove("is-waiting"));
  const count = document.createElement("p"); // a live region that stays while the answer is replaced
  count.className = "hidden";
  count.setAttribute("aria-live", "polite");
  document.body.append(count);
  document.addEventListener("htmx:after:swap", () => {
    if (!count.isConnected) document.body.append(count);
    count.textContent = document.getElementById("total")?.textContent ?? "";
    // The link or button that was used may be gone: the count is what a reader goes on from.
    if (document.activeElement === document.body) document.getElementById("total")?.focus({ preventScroll: true });
    document.querySelectorAll("[data-suggest]").forEach(prepare);
  });
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.(".permalink");
    if (!link || !navigator.clipboard) return;
    event.preventDefault();
    await navigator.clipboard.writeText(link.href);
    link.textContent = link.dataset.copied || link.textContent;
  });

  let number = 0;
  const prepared = new WeakMap();
  function prepare(input) {
    if (document.getElementById(input.getAttribute("aria-controls"))) return;
    prepared.get(input)?.abort(); // the page came back without its list
    const { signal } = prepared.set(input, new AbortController()).get(input);
    const list = document.createElement("ul");
    const told = document.createElement("span");
    list.className = "suggestions";
    list.id = `suggestions-${++number}`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.label);
    list.hidden = true;
    told.className = "hidden";
    told.setAttribute("aria-live", "polite");
    input.after(list, told);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]])
      input.setAttribute(name, value);
    let at = -1, timer = 0, asked = null, typed = input.value;

    const close = () => {
      asked?.abort();
      clearTimeout(timer);
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const select = (to) => {
      const options = [...list.children];
      at = (to + options.length + 1) % (options.length + 1);
      if (at === options.length) at = -1;
      options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      if (at < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    };
    const take = (option) => {
      input.value = option.dataset.text;
      close();
      input.focus();
    };
    const show = (suggestions) => {
      list.replaceChildren(...suggestions.map((each, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${place}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.text = each.text;
        for (const [name, text] of [["name", each.label], ["kind", each.kind], ["about", each.about]]) {
          if (!text) continue;
          const part = document.createElement("span");
          part.className = name;
          part.dir = "auto";
          part.textContent = text;
          option.append(part);
        }
        return option;
      }));
      at = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = !suggestions.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      told.textContent = list.hidden ? "" : input.dataset.found.replace("{count}", suggestions.length);
    };
    const ask = async () => {
      asked?.abort();
      asked = new AbortController();
      const wanted = new URLSearchParams({ q: input.value, of: input.dataset.suggest, lang: document.documentElement.lang });
      try {
        const answer = await fetch(`/suggest?${wanted}`, { signal: asked.signal });
        if (answer.ok && document.activeElement === input) show((await answer.json()).suggestions);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      if (input.value.trim().length < 2) return close();
      if (input.value !== typed) timer = setTimeout(ask, WAIT);
      typed = input.value;
    }, { signal });
    input.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing) return;
      if (event.key === "ArrowDown") select(at + 1);
      else if (event.key === "ArrowUp") select(at < 0 ? list.children.length - 1 : at - 1);
      else if (event.key === "Enter" && at >= 0) take(list.children[at]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    }, { signal });
    input.addEventListener("blur", close, { signal });
    input.form?.addEventListener("submit", close, { signal });
    list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      event.preventDefault(); // the box keeps the focus
      if (option) take(option);
    });
  }
  document.querySelectorAll("[data-suggest]").forEach(prepare);
})();
