// The empty extension that activation is measured against.
exports.activate = () => {};
