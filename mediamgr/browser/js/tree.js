// Owns the tree of seasons and episodes in the details: what is there, what is missing, what was watched.

/** `show(id)` makes the episodes of a season or show the list. */
export function tree({ dom, format }, nodes, show) {
  const { make, button, icon } = dom;

  const name = (node) => [
    make("span", {
      class: "mm-muted mm-number",
      text: node.number === null || node.number === undefined ? "" : String(node.number),
    }),
    make("span", { class: "mm-value", dir: "auto", text: node.label ?? "" }),
    node.missing ? make("span", { class: "mm-missing", text: "missing" }) : null,
    node.watched ? make("span", { class: "mm-seen", role: "img", "aria-label": "watched" }, icon("check")) : null,
  ];

  const lists = (node) =>
    node.id === null || node.id === undefined
      ? null
      : button("mm-text mm-all", {
          text: "Show in the list",
          label: `List the episodes of ${node.label ?? ""}`,
          click: (event) => {
            event.preventDefault();
            show(node.id);
          },
        });

  const branch = (node, open) => {
    const children = node.children ?? [];
    if (!children.length) return make("div", { class: node.missing ? "mm-leaf mm-gone" : "mm-leaf" }, name(node));
    const missing = children.filter((child) => child.missing).length;
    const size = format.counted(children.length, "entry").replace("entrys", "entries");
    const many = make("span", { class: "mm-muted mm-size", text: missing ? `${size}, ${missing} missing` : size });
    return make(
      "details",
      { class: "mm-branch", open },
      make("summary", {}, name(node), many),
      make(
        "div",
        { class: "mm-children" },
        lists(node),
        children.map((child) => branch(child, false)),
      ),
    );
  };

  return make(
    "div",
    { class: "mm-tree" },
    nodes.map((node) => branch(node, nodes.length === 1)),
  );
}
