/** The server's page is readable as it is. This loads the front end and puts it in the page's place. */
async function start(): Promise<void> {
  const { ready, run } = await import("./run");
  await ready();
  document.querySelector('link[href="/pages.css"]')?.remove();
  run(document.body);
}

// Where the front end cannot be loaded, the page stays as the server made it, and can be read.
if (document.getElementById("app")) start().catch((error: unknown) => console.warn("The workbench could not be loaded.", error));
