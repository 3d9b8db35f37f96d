/** What the page in view is called, where it has a name of its own. */
class Title {
  words = $state("");

  /** Call the page `words` until what is returned is called. */
  set(words: string): () => void {
    this.words = words;
    return () => {
      if (this.words === words) this.words = "";
    };
  }
}

export const title = new Title();
