/** A corner takes the value of its region from one texture and the color of that value from another. */
export const fillVertex = `#version 300 es
precision highp float;
precision highp sampler2D;
layout(location = 0) in vec2 place;
layout(location = 1) in uint owner;
uniform vec2 center, zoom;
uniform sampler2D values, palette;
uniform int mode, size;
uniform vec2 range;
flat out vec3 paint;
void main() {
  float value = texelFetch(values, ivec2(int(owner & 2047u), int(owner >> 11)), 0).r;
  int at;
  if (mode == 2) at = int(value + 0.5) % size;
  else {
    float share = range.y > range.x ? (mode == 1 ? log(max(value, range.x) / range.x) / log(range.y / range.x) : (value - range.x) / (range.y - range.x)) : 0.5;
    at = int(clamp(share, 0.0, 1.0) * float(size - 1) + 0.5);
  }
  paint = texelFetch(palette, ivec2(at, 0), 0).rgb;
  gl_Position = vec4((place - center) * zoom, 0.0, 1.0);
}`;

export const fillFragment = `#version 300 es
precision highp float;
flat in vec3 paint;
out vec4 result;
void main() { result = vec4(paint, 1.0); }`;

/** A line is a quad of its own with soft sides; used while lines are few enough to be seen one by one. */
export const lineVertex = `#version 300 es
layout(location = 0) in vec4 ends;
uniform vec2 center, screen;
uniform float scale, width, cap;
out float across;
void main() {
  vec2 a = (ends.xy - center) * scale, b = (ends.zw - center) * scale, along = b - a;
  float size = length(along), far = float(gl_VertexID >> 1), side = float(gl_VertexID & 1) * 2.0 - 1.0;
  along = size > 0.0 ? along / size : vec2(1.0, 0.0);
  across = side * (0.5 * width + 1.0);
  vec2 p = mix(a, b, far) + along * (far * 2.0 - 1.0) * cap + vec2(-along.y, along.x) * across;
  gl_Position = vec4(p / (0.5 * screen), 0.0, 1.0);
}`;

export const lineFragment = `#version 300 es
precision highp float;
in float across;
uniform float width;
uniform vec4 color;
out vec4 result;
void main() { result = color * clamp(0.5 * width + 0.5 - abs(across), 0.0, 1.0); }`;

/** One pixel wide, straight from the vertex buffer, for hundreds of thousands of lines. */
export const hairVertex = `#version 300 es
layout(location = 0) in vec2 place;
uniform vec2 center, zoom;
void main() { gl_Position = vec4((place - center) * zoom, 0.0, 1.0); }`;

export const hairFragment = `#version 300 es
precision highp float;
uniform vec4 color;
out vec4 result;
void main() { result = color; }`;

/** A finished picture, moved and scaled, while the next one is on its way. */
export const sheetVertex = `#version 300 es
uniform vec2 shift, size;
out vec2 at;
void main() {
  vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
  at = corner;
  gl_Position = vec4(shift + (corner * 2.0 - 1.0) * size, 0.0, 1.0);
}`;

export const sheetFragment = `#version 300 es
precision highp float;
in vec2 at;
uniform sampler2D picture;
out vec4 result;
void main() { result = texture(picture, at); }`;
