/** The server's page is readable as it is. This loads the front end and puts it in the page's place. */
async function start(): Promise<void> {
  const { ready, run } = await import("./run");
  await ready();
  document.querySelector('link[href="/pages.css"]')?.remove();
  run(document.body);
}

if (document.getElementById("app")) void start();
