"""What officers do with reports, below /meja/laporan/."""
