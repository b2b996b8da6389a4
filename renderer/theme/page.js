// Runs in the head: the stored theme is set before anything is painted.
(() => {
  const root = document.documentElement;
  const key = "notebook-theme";
  let store;
  try { store = localStorage } catch {}
  const stored = store && store.getItem(key);
  if (stored == "light" || stored == "dark") root.dataset.theme = stored;

  const all = (selector) => [...document.querySelectorAll(selector)];

  const theme = () => {
    const button = document.querySelector(".theme");
    const system = matchMedia("(prefers-color-scheme: dark)");
    const dark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) == "dark";
    const label = () => button.setAttribute("aria-label", `Switch to ${dark() ? "light" : "dark"} theme`);
    button.onclick = () => {
      root.dataset.theme = dark() ? "light" : "dark";
      if (store) store.setItem(key, root.dataset.theme);
      label();
    };
    system.onchange = label;
    label();
    button.hidden = false;
  };

  const copy = () => {
    if (!navigator.clipboard) return;
    const say = document.querySelector("[role=status]");
    const model = document.querySelector("template").content.firstElementChild;
    for (const box of all(".code")) {
      const button = model.cloneNode(true);
      const icon = button.querySelector("use");
      button.onclick = async () => {
        await navigator.clipboard.writeText(box.querySelector("code").textContent);
        icon.setAttribute("href", "#nb:ok");
        say.textContent = "Code copied";
        setTimeout(() => { icon.setAttribute("href", "#nb:copy"); say.textContent = "" }, 1500);
      };
      let place = box.closest(".cell")?.querySelector("header") || box.querySelector(".corner");
      if (!place) {
        place = document.createElement("div");
        place.className = "corner";
        box.append(place);
      }
      place.append(button);
    }
  };

  // The link of the part that is being read is marked.
  const spy = () => {
    const toc = document.querySelector(".toc");
    if (!toc) return;
    const parts = all(".toc a")
      .map((link) => [link, document.getElementById(decodeURIComponent(link.hash.slice(1)))])
      .filter(([, part]) => part);
    const mark = () => {
      const at = parts.findLastIndex(([, part]) => part.getBoundingClientRect().top < innerHeight / 4);
      parts.forEach(([link], i) => {
        link.classList.toggle("on", i == at);
        i == at ? link.setAttribute("aria-current", "location") : link.removeAttribute("aria-current");
      });
    };
    const watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -75% 0px" });
    parts.forEach(([, part]) => watch.observe(part));
    toc.addEventListener("click", (e) => {
      if (e.target.closest("a") && toc.matches(":popover-open")) toc.hidePopover();
    });
  };

  // The slices of a timeline and their lines of code show each other: the pointer
  // on one marks the other, and the arrow keys go from slice to slice. The name of
  // a goroutine shows the line that started it.
  const timelines = () => {
    const say = document.querySelector("[role=status]");
    for (const svg of all(".timeline")) {
      const cell = svg.closest(".cell");
      const slices = [...svg.querySelectorAll("[data-line]")];
      const code = (line) => document.getElementById(`${cell.id}:L${line}`);
      const mark = (line, only) => {
        svg.classList.toggle("dim", !!line && !only?.matches("text"));
        slices.forEach((s) => s.classList.toggle("on", only ? s == only : s.dataset.line == line));
        cell.querySelectorAll(".hl.at").forEach((e) => e.classList.remove("at"));
        code(line)?.classList.add("at");
      };
      const show = (slice) => mark(slice?.dataset.line, slice);
      svg.addEventListener("pointerover", (e) => show(e.target.closest("[data-line]")));
      svg.addEventListener("pointerleave", () => show());
      svg.addEventListener("blur", () => show());
      for (const line of new Set(slices.map((s) => s.dataset.line))) {
        code(line)?.addEventListener("pointerenter", () => mark(line));
        code(line)?.addEventListener("pointerleave", () => mark());
      }
      const keyed = slices.filter((s) => !s.matches("text"));
      if (!keyed.length) continue;
      let at = -1;
      svg.tabIndex = 0;
      svg.addEventListener("keydown", (e) => {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
        if (e.key == "Escape") show();
        if (!step) return;
        e.preventDefault();
        at = (at + step + keyed.length) % keyed.length;
        show(keyed[at]);
        say.textContent = keyed[at].querySelector("title")?.textContent || "";
      });
    }
  };

  // Paper cannot unfold.
  const print = () => {
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = all("details:not([open], .foot)");
      opened.forEach((e) => e.open = true);
    });
    addEventListener("afterprint", () => opened.forEach((e) => e.open = false));
  };

  addEventListener("DOMContentLoaded", () => { theme(); copy(); spy(); timelines(); print() });
})();
