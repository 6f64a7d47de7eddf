from chromadb.auth import ServerAuthenticationProvider, UserIdentity
from chromadb.config import System
from typing import Dict

class CustomAuthProvider(ServerAuthenticationProvider):
    def __init__(self, system: System) -> None:
        super().__init__(system)
        # Load your authentication configuration
        self._api_keys = self._load_api_keys()
    
    def _load_api_keys(self) -> Dict[str, UserIdentity]:
        # Load API keys from database, file, etc.
        return {
            "key123": UserIdentity(
                user_id="user1",
                tenant="default_tenant",
                databases=["*"]
            )
        }
    
    def authenticate_or_raise(self, headers: Dict[str, str]) -> UserIdentity:
        # Extract and validate credentials
        api_key = headers.get("X-API-Key")
        
        if not api_key:
            raise ValueError("Missing X-API-Key header")
        
        user = self._api_keys.get(api_key)
        if not user:
            raise ValueError("Invalid API key")
        
        return user
