/** The bundler puts the text of a style sheet here. */
declare module '*.css' {
  const text: string;
  export default text;
}
