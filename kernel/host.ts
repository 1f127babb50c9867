/** What the kernel asks of the program that runs it: names that are not plain ASCII, or that no table has. Places are addresses. */

/** The number of a tag's name. */
export declare function tagNamed(from: i32, to: i32): i32;

/** The number of an attribute's name; -1 for none that anybody asks about. */
export declare function attributeNamed(from: i32, to: i32): i32;
