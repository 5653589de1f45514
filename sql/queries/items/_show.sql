left join parent on parent.id = i.parent_id
left join grandparent on grandparent.id = parent.parent_id
left join file on file.holder_id = i.holder_id
