"""Trains, quantizes, measures and packs the model bundle ``support``."""
