left join media_item parent on parent.id = i.parent_id
left join media_item grandparent on grandparent.id = parent.parent_id
