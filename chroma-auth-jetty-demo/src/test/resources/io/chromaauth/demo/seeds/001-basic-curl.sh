curl -v http://localhost:8000/api/v1/collections -u user1:change_this_password
