"""The proof: tiny apps whose behaviour is known, driven on a phone to see whether it tells what rules rest on."""
