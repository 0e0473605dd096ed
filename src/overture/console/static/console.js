// What plain HTML cannot do: theme, "are you sure", local times, counters, keys. Everything works without it by reload.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("script");
  const kept = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const theme = kept();
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;

  const local = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
  const times = (part) => {
    for (const time of part.querySelectorAll("time[datetime]:not([title])")) {
      const at = new Date(time.dateTime);
      if (Number.isNaN(at.getTime())) continue;
      time.title = time.textContent;
      time.textContent = local.format(at);
    }
  };
  const counted = (text) => text.replaceAll("{{yourName}}", "x".repeat(12)).length; // UTF-16 units, as LinkedIn counts
  const count = (area) => {
    const shown = document.getElementById(area.dataset.counter);
    if (!shown) return;
    const units = counted(area.value.trim()), most = Number(area.dataset.most);
    shown.textContent = `${units} of ${most}`;
    shown.classList.toggle("over", units > most);
  };
  const prepare = (part) => {
    times(part);
    for (const area of part.querySelectorAll("textarea[data-counter]")) count(area);
  };

  const sure = document.getElementById("sure");
  const ask = (text, then) => {
    sure.querySelector("#sure-text").textContent = text;
    sure.returnValue = "no";
    sure.addEventListener("close", () => { if (sure.returnValue === "yes") then(); }, { once: true });
    sure.showModal();
  };

  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    const text = (button && button.dataset.sure) || form.dataset.sure;
    if (text && !form.dataset.answered && sure) {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(text, () => {
        form.dataset.answered = "yes";
        form.requestSubmit(button || undefined);
        delete form.dataset.answered;
      });
    }
  }, true);

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-theme-switch], [data-copy], [data-claim]");
    if (!target) return;
    if (target.matches("[data-theme-switch]")) {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch { /* private windows */ }
    } else if (target.matches("[data-copy]")) {
      const from = document.getElementById(target.dataset.copy);
      navigator.clipboard.writeText(from.value ?? from.textContent).then(() => { target.textContent = "Copied"; });
    } else {
      claim(target.dataset.claim, target.closest("[data-claims]"));
    }
  });

  const claim = (name, within) => {
    for (const part of (within || document).querySelectorAll("[data-claim], [data-evidence]")) {
      part.classList.toggle("chosen", part.dataset.claim === name || part.dataset.evidence === name);
    }
  };
  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const target = event.target.closest && event.target.closest("[data-claim]");
      if (target) claim(target.dataset.claim, target.closest("[data-claims]"));
    });
  }

  document.addEventListener("input", (event) => { if (event.target.dataset.counter) count(event.target); });
  document.addEventListener("change", (event) => {
    const target = event.target;
    if (target.matches("[data-submit]")) target.form.requestSubmit();
    if (target.matches("[data-check-all]")) {
      for (const box of target.closest("form, table").querySelectorAll(`input[name="${target.dataset.checkAll}"]`)) box.checked = target.checked;
    }
  });

  // j and k go through [data-key-list] > [data-item]; other keys press what carries them as data-key in the chosen item.
  const chosen = () => document.querySelector("[data-item].chosen");
  const choose = (item) => {
    chosen()?.classList.remove("chosen");
    if (!item) return;
    item.classList.add("chosen");
    item.tabIndex = -1;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !document.querySelector("[data-key-list]")) return;
    if (event.target.matches("input, textarea, select, [contenteditable]") || sure?.open) return;
    const items = [...document.querySelectorAll("[data-item]")], at = items.indexOf(chosen());
    if (event.key === "j" || event.key === "k") {
      choose(items[Math.min(items.length - 1, Math.max(0, at + (event.key === "j" ? 1 : -1)))]);
      event.preventDefault();
      return;
    }
    const button = (chosen() || items[0])?.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!button) return;
    event.preventDefault();
    following = items[at + 1] || items[at - 1] || null;
    button.click();
    const details = button.closest("details");
    if (details) setTimeout(() => details.open && details.querySelector("textarea, input:not([type=hidden])")?.focus());
  });
  let following = null; // the item that is chosen when the present one has gone
  document.addEventListener("htmx:after:swap", () => {
    prepare(document);
    if (following && !chosen() && following.isConnected) { choose(following); following = null; }
  });
  const narrow = matchMedia("(max-width: 46rem)");
  const fold = () => { for (const part of document.querySelectorAll("[data-narrow-closed]")) part.open = !narrow.matches; };
  narrow.addEventListener("change", fold);
  fold();
  prepare(document);
})();
