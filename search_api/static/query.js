/* The editor of the SPARQL page. Without it the form and its textarea do the same. */
"use strict";
(() => {
  const form = document.querySelector("form.ask");
  const area = form.elements.query;
  const button = form.querySelector("button[type=submit]");
  const status = form.querySelector("[role=status]");

  form.addEventListener("submit", () => {
    status.textContent = form.dataset.running;
    button.disabled = true;
  });
  // Also when the page comes back as it was left.
  window.addEventListener("pageshow", () => {
    status.textContent = "";
    button.disabled = false;
  });

  const write = ({ Yasqe }) => {
    const terms = JSON.parse(form.dataset.terms);

    // Our prefixes need not be declared.
    const grammar = Yasqe.getMode({ indentUnit: 2 }, "sparql11");
    const startState = () => ({ ...grammar.startState(), prefixes: { ...terms.prefixes } });
    Yasqe.defineMode("sparql11", () => ({ ...grammar, startState }));

    // Its own completers ask servers elsewhere, and keep what they heard in the browser.
    const complete = (name, isPlace, words) => ({
      name,
      bulk: false,
      autoShow: true,
      persistenceId: null,
      isValidCompletionPosition: isPlace,
      get: (editor, token) => {
        const begun = (token ? token.string : "").trim().toLowerCase();
        return words.filter((word) => word.toLowerCase().startsWith(begun) && word.toLowerCase() !== begun);
      },
    });
    const isClass = Yasqe.Autocompleters.class.isValidCompletionPosition;
    const isProperty = Yasqe.Autocompleters.property.isValidCompletionPosition;
    const begun = (editor) => editor.getCompleteToken().string.trim() !== "";
    const declared = Object.entries(terms.prefixes).map(([prefix, namespace]) => `${prefix}: <${namespace}>`);
    Yasqe.registerAutocompleter(complete("class", (editor) => begun(editor) && isClass(editor), terms.classes));
    Yasqe.registerAutocompleter(complete("property", (editor) => begun(editor) && isProperty(editor), terms.properties));
    Yasqe.registerAutocompleter({ ...Yasqe.Autocompleters.prefixes, onInitialize: () => {}, get: declared, persistenceId: null });
    Yasqe.defaults.autocompleters = ["class", "property", "prefixes", "variables"];

    // Its own marks carry inline styles, which this site does not allow, and speak English only.
    Yasqe.prototype.showNotification = () => {};
    Yasqe.prototype.hideNotification = () => {};
    Yasqe.prototype.checkSyntax = function () {
      this.queryValid = true;
      this.clearGutter("gutterErrorBar");
      for (let line = 0; line < this.getDoc().lineCount(); line += 1) {
        const { state } = this.getTokenAt({ line, ch: this.getDoc().getLine(line).length }, true);
        this.setOption("queryType", state.queryType);
        if (state.OK === false) {
          const mark = document.createElement("span");
          mark.className = "wrong-line";
          mark.title = form.dataset.wrong.replace("{line}", line + 1);
          this.setGutterMarker(line, "gutterErrorBar", mark);
          this.queryValid = false;
          return;
        }
      }
    };

    const run = () => form.requestSubmit(button);
    const editor = new Yasqe(form.querySelector(".editor"), {
      value: area.value,
      persistenceId: null,
      consumeShareLink: null,
      createShareableLink: null,
      showQueryButton: false,
      resizeable: false,
      editorHeight: "auto",
      viewportMargin: Infinity,
      inputStyle: "textarea", // the other style loses such letters on any machine
      screenReaderLabel: form.querySelector("label").textContent,
      extraKeys: { Tab: false, "Shift-Tab": false, "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-S": false, Esc: () => button.focus() },
    });
    editor.on("change", () => {
      area.value = editor.getValue();
    });
    area.hidden = true;
    form.querySelector(".editor").hidden = false;
    form.querySelector(".editor-hint").hidden = false;
    form.querySelector("label").addEventListener("click", () => editor.focus());
    editor.refresh();
  };

  // Phones keep the textarea: the editor would lose letters that their keyboards put together, such as "ờ".
  if (form.dataset.editor && matchMedia("(pointer: fine)").matches) {
    const script = document.createElement("script");
    script.src = form.dataset.editor;
    script.addEventListener("load", () => write(window.Yasgui));
    document.head.append(script);
  }
})();
