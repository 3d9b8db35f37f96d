declare module "virtual:atlas" {
  /** The address of the bundled outlines of countries. */
  const address: string;
  export default address;
}
