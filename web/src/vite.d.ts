declare module 'virtual:theme.css';
declare module 'virtual:onnx-runtime' {
  const address: string;
  export default address;
}
declare module 'onnxruntime-web/wasm-core' {
  export * from 'onnxruntime-common';
}
