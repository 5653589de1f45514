-- What:       how the file is filled.
-- Parameters: none.
-- Result:     block_bytes (of one block), blocks, free_blocks (that hold nothing: dead space, used for what comes next).
select block_size as block_bytes, total_blocks as blocks, free_blocks
from pragma_database_size()
