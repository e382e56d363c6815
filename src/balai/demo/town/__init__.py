"""The invented people of a demo town. Every name, number and place of business is made up."""
