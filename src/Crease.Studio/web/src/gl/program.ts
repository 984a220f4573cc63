export interface Program {
  made: WebGLProgram;
  at(name: string): WebGLUniformLocation | null;
}

export function program(gl: WebGL2RenderingContext, vertex: string, fragment: string): Program {
  const made = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
    const shader = gl.createShader(type)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(`The graphics driver refused a shader: ${gl.getProgramInfoLog(made)}`);
  const places = new Map<string, WebGLUniformLocation | null>();
  return {
    made,
    at(name) {
      if (!places.has(name)) places.set(name, gl.getUniformLocation(made, name));
      return places.get(name)!;
    },
  };
}
