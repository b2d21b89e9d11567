"""The month over all activities, class bookings and closed days."""
