//! One assembled form as a value: the questions, and apart from them the key.
