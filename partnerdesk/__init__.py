"""PartnerDesk keeps the partner institutions, agreements and exchanges of an international office in one file."""

__version__ = "0.1.0"
