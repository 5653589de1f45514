-- What:       whether items have no place in the order of titles, because what made them was not published in good order.
-- Parameters: none.
-- Result:     is_unplaced.
select exists (from media_item where title_rank is null) as is_unplaced
